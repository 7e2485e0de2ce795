/** The stretch of time that the chart shows, and its steps. Milliseconds since 1970 throughout. */
import type { Part, Wrong } from '../executions/filter';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const SPANS = { '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
export type Span = keyof typeof SPANS;

/** Steps people know; the server's begin at multiples of their length, so do ours. */
const STEPS = [
  1000,
  5000,
  15_000,
  30_000,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
];
const MOST_BARS = 60;

export interface Range {
  /** The beginning of the first step. */
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** As few steps as show something, as many as can be told apart. */
export function rangeOf(from: number, to: number): Range {
  const span = Math.max(1000, to - from);
  const step =
    STEPS.find((each) => span / each <= MOST_BARS) ?? DAY * Math.ceil(span / DAY / MOST_BARS);
  return { from: Math.floor(from / step) * step, to: Math.max(to, from + 1000), step };
}

/** What the filter says of creation; where it says nothing, the span up to now. */
export function shownRange(parts: readonly (Part | Wrong)[], span: Span, now: number): Range {
  let from = Number.NEGATIVE_INFINITY;
  let to = now;
  for (const part of parts) {
    if (part.kind !== 'created') continue;
    if ('within' in part) from = Math.max(from, now - part.within);
    else if (part.compare.startsWith('g')) from = Math.max(from, Date.parse(part.at));
    else to = Math.min(to, Date.parse(part.at));
  }
  return rangeOf(Number.isFinite(from) ? from : to - SPANS[span], to);
}

/** The parts with what was created in one step, and nothing else of creation. */
export function narrowed(
  parts: readonly (Part | Wrong)[],
  from: number,
  to: number,
): (Part | Wrong)[] {
  const at = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');
  return [
    ...parts.filter(({ kind }) => kind !== 'created'),
    { kind: 'created', compare: 'gte', at: at(from) },
    { kind: 'created', compare: 'lt', at: at(to) },
  ];
}
