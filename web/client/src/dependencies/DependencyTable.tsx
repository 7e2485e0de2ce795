import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { executionHref, flowHref, shortId } from '../app/places';
import { StateBadge } from '../states/StateBadge';
import { STATES } from '../states/states';
import { Duration } from '../ui/Duration';
import { captionOf, type Flow, nameOf, type Parts, placeOf, tiesOf } from './dependencyGraph';

interface Props {
  parts: Parts;
  /** Executions are told, too. */
  live: boolean;
  selected: string | null;
  onSelect: (id: string) => void;
}

/** The graph as rows: the same flows, for those who read instead of look. */
export function DependencyTable({ parts, live, selected, onSelect }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen row is brought into sight
  useEffect(() => {
    body.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Flow</th>
          <th scope="col" className="dependency-place">
            Where
          </th>
          <th scope="col" className="dependency-ties">
            Tied by
          </th>
          {live && <th scope="col">Executions</th>}
          <th scope="col" className="dependency-open">
            <span className="unseen">Open</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {parts.nodes.map((flow) => (
          <tr
            key={flow.id}
            aria-current={flow.id === selected ? 'true' : undefined}
            onClick={() => onSelect(flow.id)}
          >
            <td>
              <button
                type="button"
                className="cell-button clip"
                aria-pressed={flow.id === selected}
                onClick={() => onSelect(flow.id)}
              >
                <span className="strong">{nameOf(flow)}</span>{' '}
                <span className="faint">{captionOf(flow)}</span>
              </button>
            </td>
            <td className="muted dependency-place">{placeOf(flow)}</td>
            <td className="muted dependency-ties">
              <span className="clip">{tiesOf(flow.id, parts.edges).join(', ')}</span>
            </td>
            {live && (
              <td>
                <Executions flow={flow} />
              </td>
            )}
            <td className="dependency-open">
              {flow.kind === 'FLOW' && flow.namespace && flow.flowId && (
                <Link href={flowHref(flow.namespace, flow.flowId)}>Flow</Link>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The newest execution, and how the others stand. */
function Executions({ flow: { executions, states } }: { flow: Flow }) {
  const [newest] = executions;
  if (!newest) return <span className="faint">none yet</span>;
  const total = states.reduce((sum, { count }) => sum + count, 0);
  return (
    <span className="dependency-executions">
      <StateBadge state={newest.state} />
      <Link className="mono" href={executionHref(newest.executionId)}>
        {shortId(newest.executionId)}
      </Link>
      <Duration from={newest.startedAt} to={newest.endedAt ?? null} />
      {total > 1 && (
        <span className="faint clip">
          of {total}:{' '}
          {states
            .map(({ state, count }) => `${count} ${STATES[state].word.toLowerCase()}`)
            .join(', ')}
        </span>
      )}
    </span>
  );
}
