import './metrics.css';
import '../executions/executions.css';
import { useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { useUrlState } from '../app/urlState';
import { ExecutionMetricsDocument, type ExecutionMetricsQuery } from '../gql/graphql';
import { useExecution, useLiveExecution, useStructure } from '../live/useLive';
import { isTerminal } from '../states/states';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { LabelChips } from '../ui/LabelChips';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { Skeleton } from '../ui/Skeleton';
import { Timestamp } from '../ui/Timestamp';
import { MetricHistory } from './MetricHistory';
import { shownValue } from './value';

type Metric = NonNullable<ExecutionMetricsQuery['execution']>['metrics']['nodes'][number];

const SETTLE_MS = 300;

/** What the tasks counted and timed. */
export default function MetricsTab({ executionId }: { executionId: string }) {
  const [after, setAfter] = useState<string | null>(null);
  const { metrics, problem } = useMetrics(executionId, after);
  const [, setTask] = useUrlState('task');
  const [asked, setAsked] = useUrlState('metric');
  const record = useExecution(useLiveExecution(executionId));
  const chosen = chosenOf(metrics?.nodes, asked);
  if (problem) return <Notice title={problem} />;
  if (metrics && metrics.nodes.length === 0 && after === null)
    return <Empty title="No metrics">Tasks that count or time something say it here.</Empty>;
  return (
    <div className="metrics">
      {record && chosen && (
        <MetricHistory
          key={keyOf(chosen)}
          of={{ ...chosen, namespace: record.namespace, flowId: record.flowId }}
          executionId={executionId}
        />
      )}
      <table className="table" aria-busy={!metrics}>
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">Metric</th>
            <th scope="col" className="metric-value">
              Value
            </th>
            <th scope="col">Tags</th>
            <th scope="col">Published</th>
          </tr>
        </thead>
        <tbody>
          {metrics?.nodes.map((metric) => (
            <Row
              key={metric.id}
              metric={metric}
              chosen={chosen !== undefined && keyOf(metric) === keyOf(chosen)}
              onChoose={() => setAsked(keyOf(metric))}
              onTask={setTask}
            />
          )) ?? <Waiting />}
        </tbody>
      </table>
      {(metrics?.pageInfo.hasNextPage || after !== null) && (
        <footer className="metrics-more">
          <Button look="quiet" disabled={after === null} onClick={() => setAfter(null)}>
            First
          </Button>
          <Button
            look="quiet"
            disabled={!metrics?.pageInfo.hasNextPage}
            onClick={() => setAfter(metrics?.pageInfo.endCursor ?? null)}
          >
            Next 100
          </Button>
        </footer>
      )}
    </div>
  );
}

function useMetrics(id: string, after: string | null) {
  const live = useLiveExecution(id);
  useStructure(live);
  const [{ data, error }, again] = useQuery({
    query: ExecutionMetricsDocument,
    variables: { id, after },
    requestPolicy: 'cache-and-network',
  });
  const ended = [...live.runs.values()].filter(({ state }) => isTerminal(state)).length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when a run more has ended
  useEffect(() => {
    const timer = setTimeout(() => again({ requestPolicy: 'network-only' }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [ended, again]);
  const problem = error && !data ? problemOf(error) : null;
  return { metrics: data?.execution?.metrics ?? null, problem };
}

/** A metric is known by its task and its name, whichever run published it. */
const keyOf = ({ taskId, name }: Pick<Metric, 'taskId' | 'name'>): string =>
  `${taskId ?? ''}/${name}`;

const chosenOf = (nodes: readonly Metric[] | undefined, asked: string | null) =>
  nodes?.find((metric) => keyOf(metric) === asked) ?? nodes?.[0];

interface RowProps {
  metric: Metric;
  /** Its history is shown above. */
  chosen: boolean;
  onChoose: () => void;
  onTask: (id: string) => void;
}

function Row({ metric, chosen, onChoose, onTask }: RowProps) {
  const { taskId, taskRunId, name, kind, value, tags, at } = metric;
  return (
    <tr>
      <td>
        {taskRunId ? (
          <button type="button" className="cell-button clip" onClick={() => onTask(taskRunId)}>
            {taskId}
          </button>
        ) : (
          <span className="faint">–</span>
        )}
      </td>
      <td>
        <button
          type="button"
          className="cell-button clip strong"
          aria-pressed={chosen}
          title={`${name} over the last executions`}
          onClick={onChoose}
        >
          {name}
        </button>
      </td>
      <td className="metric-value mono number">{shownValue(kind, value)}</td>
      <td>
        <LabelChips labels={tags} />
      </td>
      <td className="muted">
        <Timestamp at={at} precise />
      </td>
    </tr>
  );
}

function Waiting() {
  return [54, 38, 46, 62].map((width) => (
    <tr key={width}>
      {[0, 7, 14, 3, 9].map((more) => (
        <td key={more}>
          <Skeleton width={`${width + more}%`} />
        </td>
      ))}
    </tr>
  ));
}
