import type { TaskRunDetailQuery } from '../gql/graphql';
import { instantOrNull } from '../live/records';
import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import { shown } from '../ui/duration';

type TaskRunDetail = Extract<TaskRunDetailQuery['node'], { __typename: 'TaskRun' }>;

/** Each try at the run: how it ended, how long it took, why it failed. */
export function Attempts({ attempts }: { attempts: TaskRunDetail['attempts'] }) {
  return (
    <ol className="run-history">
      {attempts.map((attempt) => {
        const from = instantOrNull(attempt.startedAt);
        const to = instantOrNull(attempt.endedAt);
        return (
          <li key={attempt.number}>
            <StateShape state={attempt.state} />
            <span className="number">
              {attempt.number} · {STATES[attempt.state].word}
            </span>
            <span className="muted clip">{attempt.worker}</span>
            <span className="duration muted">
              {from !== null && to !== null && shown(to - from)}
            </span>
            {attempt.message && <p>{attempt.message}</p>}
          </li>
        );
      })}
    </ol>
  );
}
