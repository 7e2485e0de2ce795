import { type KeyboardEvent, useState } from 'react';
import { StateShape } from '../states/StateShape';
import { EXECUTION_STATES, STATES } from '../states/states';
import { fromIso, shown } from '../ui/duration';
import { shownCount } from '../ui/number';
import type { Figures } from './useStatistics';

type Row = Figures['statistics']['rows'][number];
type Count = Row['states'][number];

export interface Slot {
  readonly from: number;
  readonly to: number;
  readonly row: Row | null;
}

/** Every step of the range, those in which nothing was created, too. */
export function slotsOf({ range, statistics }: Figures): Slot[] {
  const rows = new Map(statistics.rows.map((row) => [Date.parse(row.at ?? ''), row]));
  const slots: Slot[] = [];
  for (let from = range.from; from < range.to; from += range.step) {
    slots.push({ from, to: from + range.step, row: rows.get(from) ?? null });
  }
  return slots;
}

const moment = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
export const momentOf = (at: number): string => moment.format(at);
export const timeOf = ({ from, to }: Slot): string => moment.formatRange(from, to);

/** What asks for attention stands at the bottom, where heights can be compared. */
const place = ({ state }: Count) => (state === 'FAILED' ? -1 : EXECUTION_STATES.indexOf(state));
export const inOrder = (states: readonly Count[]): Count[] =>
  [...states].sort((one, other) => place(one) - place(other));

interface Props {
  slots: readonly Slot[];
  onNarrow: (from: number, to: number) => void;
}

/** One bar a step, a piece a state, and the line of the mean duration. Arrow keys walk the bars. */
export function Bars({ slots, onNarrow }: Props) {
  const [at, setAt] = useState<number | null>(null);
  const most = Math.max(1, ...slots.map(({ row }) => row?.count ?? 0));
  const slot = at === null ? undefined : slots[at];
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const bars = [...event.currentTarget.querySelectorAll('button')];
    bars[bars.indexOf(document.activeElement as HTMLButtonElement) + by]?.focus();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the bars are no fields of a form
    <div
      className="chart-bars"
      role="group"
      aria-label="Executions over time"
      onKeyDown={press}
      onPointerLeave={() => setAt(null)}
    >
      {slots.map((each, index) => (
        <button
          key={each.from}
          type="button"
          tabIndex={index === (at ?? slots.length - 1) ? 0 : -1}
          aria-label={`${timeOf(each)}: ${spoken(each.row)}`}
          onPointerEnter={() => setAt(index)}
          onFocus={() => setAt(index)}
          onBlur={() => setAt(null)}
          onClick={() => onNarrow(each.from, each.to)}
        >
          {each.row &&
            inOrder(each.row.states).map(({ state, count }) => (
              <span
                key={state}
                data-state={state}
                data-fill={STATES[state].fill}
                style={{ height: `${(92 * count) / most}%` }}
              />
            ))}
        </button>
      ))}
      <MeanLine slots={slots} />
      {slot?.row && <Tip slot={slot} share={(at ?? 0) / slots.length} />}
    </div>
  );
}

const spoken = (row: Row | null): string =>
  row
    ? inOrder(row.states)
        .map(({ state, count }) => `${shownCount(count)} ${STATES[state].word}`)
        .join(', ')
    : 'nothing';

function MeanLine({ slots }: { slots: readonly Slot[] }) {
  const points = slots.flatMap(({ row }, index) =>
    row?.averageDuration ? [{ x: index + 0.5, ms: fromIso(row.averageDuration) }] : [],
  );
  const most = Math.max(1, ...points.map(({ ms }) => ms));
  return (
    <svg
      className="chart-line"
      viewBox={`0 0 ${slots.length} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={points.map(({ x, ms }) => `${x},${96 - (88 * ms) / most}`).join(' ')} />
    </svg>
  );
}

function Tip({ slot, share }: { slot: Slot; share: number }) {
  const { row } = slot;
  if (!row) return null;
  const side = share > 0.5 ? { right: `${100 - 100 * share}%` } : { left: `${100 * share + 3}%` };
  return (
    <div className="floating chart-tip" style={side} aria-hidden="true">
      <p className="faint number">{timeOf(slot)}</p>
      {inOrder(row.states).map(({ state, count }) => (
        <p key={state}>
          <StateShape state={state} size={12} still />
          {STATES[state].word}
          <span className="number">{shownCount(count)}</span>
        </p>
      ))}
      {row.averageDuration && (
        <p className="muted">
          Mean duration <span className="duration">{shown(fromIso(row.averageDuration))}</span>
        </p>
      )}
    </div>
  );
}
