import { useQuery } from 'urql';
import { Link } from 'wouter';
import { executionHref, shortId } from '../app/places';
import { MetricHistoryDocument, type MetricKind } from '../gql/graphql';
import { Skeleton } from '../ui/Skeleton';
import { Timestamp } from '../ui/Timestamp';
import { heights, MOST_POINTS, median, type Point, pointsOf } from './history';
import { shownValue } from './value';

export interface Chosen {
  readonly namespace: string;
  readonly flowId: string;
  readonly taskId: string | null;
  readonly name: string;
  readonly kind: MetricKind;
}

/** One metric over the last executions of the flow: a bar for each, with this one marked and what is usual as a line. */
export function MetricHistory({ of, executionId }: { of: Chosen; executionId: string }) {
  const { namespace, flowId, taskId, name, kind } = of;
  const filter = {
    namespace: { in: [namespace] },
    flowId: { eq: flowId },
    name: { eq: name },
    ...(taskId ? { taskId: { eq: taskId } } : {}),
  };
  const [{ data }] = useQuery({
    query: MetricHistoryDocument,
    variables: { filter },
    requestPolicy: 'cache-and-network',
  });
  const points = data ? pointsOf(data.metrics.nodes) : null;
  const usual = points ? median(points) : 0;
  const here = points?.find((point) => point.executionId === executionId);
  return (
    <section className="metric-history" aria-label={`${name} over the last executions`}>
      <header>
        <h2>{name}</h2>
        {taskId && <span className="muted clip">{taskId}</span>}
        <span className="metric-said number">
          {here && <strong>{shownValue(kind, here.value)}</strong>}
          {points && points.length > 1 && (
            <span className="muted">usually {shownValue(kind, usual)}</span>
          )}
        </span>
      </header>
      {points === null ? (
        <Skeleton width="100%" height={96} />
      ) : (
        <Bars points={points} kind={kind} usual={usual} executionId={executionId} />
      )}
      <footer className="muted number">
        {points && points.length > 1 && points[0] ? (
          <>
            <span>
              {points.length} executions
              {kind === 'TIMER' ? ', the mean of each' : ', the sum of each'}
            </span>
            <span>
              <Timestamp at={points[0].at} /> to{' '}
              <Timestamp at={points.at(-1)?.at ?? points[0].at} />
            </span>
          </>
        ) : (
          points && 'Earlier executions of this flow have not published it.'
        )}
      </footer>
    </section>
  );
}

interface BarsProps {
  points: readonly Point[];
  kind: MetricKind;
  usual: number;
  executionId: string;
}

function Bars({ points, kind, usual, executionId }: BarsProps) {
  const tall = heights(points);
  const most = Math.max(...points.map(({ value }) => value), Number.MIN_VALUE);
  return (
    <div className="metric-bars">
      <b style={{ flexGrow: Math.max(0, MOST_POINTS - points.length) }} />
      {points.map((point, index) => (
        <Link
          key={point.executionId}
          href={executionHref(point.executionId, 'metrics')}
          aria-current={point.executionId === executionId ? 'page' : undefined}
          aria-label={`${shownValue(kind, point.value)}, ${shortId(point.executionId)}`}
          title={`${shownValue(kind, point.value)} · ${shortId(point.executionId)}${
            point.count > 1 ? ` · ${point.count} values` : ''
          }`}
        >
          <span style={{ height: `${100 * (tall[index] ?? 0)}%` }} />
        </Link>
      ))}
      {points.length > 1 && (
        <i style={{ bottom: `${Math.max(0, (usual / most) * 100)}%` }} aria-hidden="true" />
      )}
    </div>
  );
}
