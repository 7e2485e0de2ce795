import { Link } from 'wouter';
import { executionHref, shortId } from '../app/places';
import type { ExecutionAroundQuery } from '../gql/graphql';
import { STATES } from '../states/states';
import { shown } from '../ui/duration';
import { Icon } from '../ui/Icon';

type Around = NonNullable<ExecutionAroundQuery['execution']>;
type Run = Around['recent'][number];

const lasted = ({ startedAt, endedAt }: Run): number =>
  startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0;

/** The flow's last runs as bars, each as high as it took long, and the ways to the neighbours. */
export function RecentRuns({ id, around }: { id: string; around: Around | null }) {
  const runs = around?.recent ?? [];
  const most = Math.max(...runs.map(lasted), 1);
  return (
    <section className="recent" aria-label="Recent executions of this flow">
      <header>
        <h2>Recent runs</h2>
        <Neighbour execution={around?.previous} icon="left" label="The run before" />
        <Neighbour execution={around?.next} icon="right" label="The run after" />
      </header>
      <div className="recent-bars">
        {runs.map((run) => (
          <Link
            key={run.id}
            href={executionHref(run.id)}
            data-state={run.state}
            aria-current={run.id === id ? 'page' : undefined}
            title={`${STATES[run.state].word} · ${run.endedAt ? shown(lasted(run)) : 'not ended'} · ${shortId(run.id)}`}
            aria-label={`${STATES[run.state].word}, ${shown(lasted(run))}, ${shortId(run.id)}`}
          >
            <span
              style={{ height: `${run.endedAt ? 12 + 88 * Math.sqrt(lasted(run) / most) : 100}%` }}
            />
          </Link>
        ))}
      </div>
    </section>
  );
}

interface NeighbourProps {
  execution: { id: string } | null | undefined;
  icon: 'left' | 'right';
  label: string;
}

function Neighbour({ execution, icon, label }: NeighbourProps) {
  if (!execution) {
    return (
      <span className="button quiet square" aria-hidden="true">
        <Icon name={icon} size={14} />
      </span>
    );
  }
  return (
    <Link
      className="button quiet square"
      href={executionHref(execution.id)}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} size={14} />
    </Link>
  );
}
