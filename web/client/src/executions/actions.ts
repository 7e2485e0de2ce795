import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  type ExecutionAction,
  ForceRunExecutionDocument,
  KillExecutionDocument,
  type KillExecutionMutation,
  PauseExecutionDocument,
  ReplayExecutionDocument,
  RestartExecutionDocument,
  ResumeExecutionDocument,
  UnqueueExecutionDocument,
} from '../gql/graphql';
import { client } from '../graphql/client';
import type { IconName } from '../ui/icons';
import { problemOf } from '../ui/problem';

type Answer = NonNullable<KillExecutionMutation['killExecution']>;
type Act = TypedDocumentNode<Record<string, unknown>, { input: { executionId: string } }>;

export interface ActionLook {
  readonly text: string;
  readonly icon: IconName;
  /** Said when it is done. */
  readonly done: string;
  /** Stands in the header; the others are in the menu. */
  readonly front: boolean;
}

/** Every action the API knows, in the order in which they are offered. */
export const ACTIONS: Record<ExecutionAction, ActionLook> = {
  RESUME: { text: 'Resume', icon: 'play', done: 'Goes on', front: true },
  PAUSE: { text: 'Pause', icon: 'pause', done: 'Pauses after the tasks that run now', front: true },
  RESTART: { text: 'Restart', icon: 'restart', done: 'Restarted', front: true },
  REPLAY: { text: 'Replay', icon: 'replay', done: 'Replayed as a new execution', front: true },
  KILL: { text: 'Kill', icon: 'stop', done: 'Is being killed', front: true },
  FORCE_RUN: { text: 'Run now', icon: 'play', done: 'Runs now', front: false },
  UNQUEUE: {
    text: 'Take out of the queue',
    icon: 'up',
    done: 'Taken out of the queue',
    front: false,
  },
  CHANGE_STATE: { text: 'Change state', icon: 'edit', done: 'State changed', front: false },
  SET_LABELS: { text: 'Set labels', icon: 'label', done: 'Labels set', front: false },
  DELETE: { text: 'Delete', icon: 'trash', done: 'Deleted', front: false },
};

export const actionNames = Object.keys(ACTIONS) as ExecutionAction[];

/** Those that ask for nothing more than the execution. */
const SIMPLE: Partial<Record<ExecutionAction, unknown>> = {
  KILL: KillExecutionDocument,
  PAUSE: PauseExecutionDocument,
  RESUME: ResumeExecutionDocument,
  RESTART: RestartExecutionDocument,
  REPLAY: ReplayExecutionDocument,
  FORCE_RUN: ForceRunExecutionDocument,
  UNQUEUE: UnqueueExecutionDocument,
};

export type Outcome = { readonly executionId: string | null } | { readonly problem: string };

/** Does it, and says which execution came of it or what stopped it. */
export async function act(action: ExecutionAction, executionId: string): Promise<Outcome> {
  // Every document of the table has the same shape; only the name of its field differs.
  const document = SIMPLE[action] as Act;
  const { data, error } = await client.mutation(document, { input: { executionId } }).toPromise();
  return outcomeOf(Object.values(data ?? {}).find(isAnswer), error ? problemOf(error) : null);
}

export function outcomeOf(answer: Answer | undefined, failure: string | null): Outcome {
  const problem = failure ?? answer?.userErrors.map(({ message }) => message).join(' ');
  if (problem) return { problem };
  return { executionId: answer?.execution?.id ?? null };
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'userErrors' in value;
