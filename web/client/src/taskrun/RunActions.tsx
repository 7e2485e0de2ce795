import { lazy, Suspense, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { executionHref } from '../app/places';
import { asking, type PausedRun } from '../executions/paused';
import {
  ChangeTaskRunStateDocument,
  ReplayFromTaskRunDocument,
  ResumeExecutionDocument,
  type TaskRunAction,
} from '../gql/graphql';
import { client } from '../graphql/client';
import { STATES } from '../states/states';
import { Button } from '../ui/Button';
import { Menu, MenuItem } from '../ui/Menu';
import { problemOf } from '../ui/problem';

const ResumeDialog = lazy(() => import('../executions/ResumeDialog'));

interface Props {
  executionId: string;
  taskRunId: string;
  allowed: readonly TaskRunAction[];
  onProblem: (problem: string | null) => void;
  onDone: () => void;
}

const ENDS = ['SUCCESS', 'WARNING', 'FAILED'] as const;

interface Answer {
  readonly execution?: { readonly id: string } | null;
  readonly userErrors: readonly { readonly message: string }[];
}

/** What can be done with the run, as the API says. */
export function RunActions({ executionId, taskRunId, allowed, onProblem, onDone }: Props) {
  const [paused, setPaused] = useState<PausedRun | null>(null);
  const tell = (answer: Answer | undefined, failure: string | null): boolean => {
    const problem = failure ?? answer?.userErrors.map(({ message }) => message).join(' ');
    onProblem(problem || null);
    onDone();
    return !problem;
  };
  const replay = async () => {
    const input = { executionId, taskRunId };
    const { data, error } = await client.mutation(ReplayFromTaskRunDocument, { input }).toPromise();
    const answer = data?.replayExecution;
    if (tell(answer, error ? problemOf(error) : null) && answer?.execution)
      navigate(executionHref(answer.execution.id, 'gantt'));
  };
  const resume = async () => {
    const asks = await asking(executionId, taskRunId);
    if (asks) return setPaused(asks);
    const input = { executionId, taskRunId };
    const { data, error } = await client.mutation(ResumeExecutionDocument, { input }).toPromise();
    tell(data?.resumeExecution, error ? problemOf(error) : null);
  };
  const change = async (state: (typeof ENDS)[number]) => {
    const input = { executionId, taskRunId, state };
    const { data, error } = await client
      .mutation(ChangeTaskRunStateDocument, { input })
      .toPromise();
    tell(data?.changeTaskRunState, error ? problemOf(error) : null);
  };
  if (allowed.length === 0) return null;
  return (
    <div className="run-actions">
      {allowed.includes('RESUME') && (
        <Button icon="play" onClick={() => void resume()}>
          Resume
        </Button>
      )}
      {allowed.includes('REPLAY') && (
        <Button icon="replay" onClick={() => void replay()}>
          Replay from here
        </Button>
      )}
      {allowed.includes('CHANGE_STATE') && (
        <Menu
          icon="edit"
          items={() =>
            ENDS.map((state) => (
              <MenuItem key={state} onSelect={() => void change(state)}>
                {STATES[state].word}
              </MenuItem>
            ))
          }
        >
          Change state
        </Menu>
      )}
      <Suspense>
        {paused && <ResumeDialog run={paused} onDone={onDone} onClose={() => setPaused(null)} />}
      </Suspense>
    </div>
  );
}
