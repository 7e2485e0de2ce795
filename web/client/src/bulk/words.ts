/** How actions on many executions are spoken of. */
import type { BulkAction } from '../gql/graphql';
import { shownCount } from '../ui/number';

export interface Words {
  readonly title: string;
  /** What happens to those it applies to: "12 of 15 executions …". */
  readonly will: string;
  readonly doing: string;
  readonly done: string;
  /** Takes something away from somebody. */
  readonly danger?: boolean;
  /** What it means, where the name does not say it. */
  readonly note?: string;
}

export const WORDS: Record<BulkAction, Words> = {
  RESTART: {
    title: 'Restart these executions?',
    will: 'will run their failed parts again',
    doing: 'Restarting',
    done: 'Restarted',
  },
  REPLAY: {
    title: 'Replay these executions?',
    will: 'will run anew, each as a new execution',
    doing: 'Replaying',
    done: 'Replayed',
  },
  PAUSE: {
    title: 'Pause these executions?',
    will: 'will wait after the tasks that run now',
    doing: 'Pausing',
    done: 'Paused',
  },
  RESUME: {
    title: 'Resume these executions?',
    will: 'will go on',
    doing: 'Resuming',
    done: 'Resumed',
    note: 'Pauses that ask for inputs get their defaults.',
  },
  KILL: {
    title: 'Kill these executions?',
    will: 'will be stopped',
    doing: 'Killing',
    done: 'Killed',
    danger: true,
    note: 'What their tasks have done stays done.',
  },
  FORCE_RUN: {
    title: 'Run these executions now?',
    will: 'will run, whatever they wait for',
    doing: 'Starting',
    done: 'Started',
  },
  UNQUEUE: {
    title: 'Take these executions out of the queue?',
    will: 'will run above the limits of their flows',
    doing: 'Taking out of the queue',
    done: 'Taken out of the queue',
  },
  CHANGE_STATE: {
    title: 'Change the state of these executions?',
    will: 'will get another end',
    doing: 'Changing the state',
    done: 'State changed',
  },
  SET_LABELS: {
    title: 'Set labels on these executions?',
    will: 'will get these labels',
    doing: 'Setting labels',
    done: 'Labels set',
  },
  DELETE: {
    title: 'Delete these executions?',
    will: 'will be deleted for good',
    doing: 'Deleting',
    done: 'Deleted',
    danger: true,
  },
};

export const executionsOf = (count: number): string =>
  `${shownCount(count)} ${count === 1 ? 'execution' : 'executions'}`;
