import './chart.css';
import { useState } from 'react';
import type { Part, Wrong } from '../executions/filter';
import type { ExecutionsList } from '../executions/useExecutionsList';
import type { ExecutionFilter } from '../gql/graphql';
import { StateShape } from '../states/StateShape';
import { STATES } from '../states/states';
import { Button } from '../ui/Button';
import { fromIso, shown } from '../ui/duration';
import { Menu, MenuItem } from '../ui/Menu';
import { shownCount } from '../ui/number';
import { Bars, inOrder, momentOf, slotsOf } from './Bars';
import { ChartTable } from './ChartTable';
import { narrowed, SPANS, type Span, shownRange } from './range';
import { type Figures, useStatistics } from './useStatistics';

interface Props {
  parts: readonly (Part | Wrong)[];
  filter: ExecutionFilter | null;
  list: ExecutionsList | null;
  onChange: (parts: (Part | Wrong)[]) => void;
}

/** Executions over time by state, with the filter of the list. A press on a bar narrows the list to it. */
export default function ExecutionsChart({ parts, filter, list, onChange }: Props) {
  const [span, setSpan] = useState<Span>('24h');
  const [asTable, setAsTable] = useState(false);
  const key = JSON.stringify([filter, span]);
  const { figures, problem } = useStatistics(
    filter,
    (now) => shownRange(parts, span, now),
    key,
    list,
  );
  const asked = parts.some(({ kind }) => kind === 'created');
  const slots = figures ? slotsOf(figures) : [];
  return (
    <section className="chart" aria-label="Chart">
      <div className="chart-head">
        <Legend figures={figures} />
        {problem && <span className="chart-problem">{problem}</span>}
        <Button
          look="quiet"
          icon="table"
          aria-label="As a table"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        />
        {asked ? (
          <Button
            look="quiet"
            onClick={() => onChange(parts.filter(({ kind }) => kind !== 'created'))}
          >
            All times
          </Button>
        ) : (
          <Menu
            look="quiet"
            align="end"
            aria-label="Range of the chart"
            items={() =>
              (Object.keys(SPANS) as Span[]).map((each) => (
                <MenuItem key={each} checked={each === span} onSelect={() => setSpan(each)}>
                  Last {each}
                </MenuItem>
              ))
            }
          >
            Last {span}
          </Menu>
        )}
      </div>
      {asTable ? (
        <ChartTable slots={slots} />
      ) : (
        <>
          <Bars slots={slots} onNarrow={(from, to) => onChange(narrowed(parts, from, to))} />
          <div className="chart-axis number">
            <span>{figures && momentOf(figures.range.from)}</span>
            <span>{figures && momentOf(figures.range.to)}</span>
          </div>
        </>
      )}
    </section>
  );
}

function Legend({ figures }: { figures: Figures | null }) {
  if (!figures) return <span className="chart-legend" />;
  const { total, states, averageDuration } = figures.statistics;
  return (
    <span className="chart-legend number">
      <strong>{shownCount(total)}</strong>
      {inOrder(states).map(({ state, count }) => (
        <span key={state} title={STATES[state].word}>
          <StateShape state={state} size={12} still label />
          {shownCount(count)}
        </span>
      ))}
      {averageDuration && (
        <span className="chart-mean">mean {shown(fromIso(averageDuration))}</span>
      )}
    </span>
  );
}
