/** A task run's history as the segments of its bar: waiting, running, paused, backing off; attempt by attempt. */
import type { RunRecord, StateMoment } from '../live/records';
import type { State } from '../states/states';
import { isTerminal } from '../states/states';

export type SegmentKind = 'waiting' | 'running' | 'paused' | 'backoff' | 'ending';

export interface Segment {
  readonly kind: SegmentKind;
  /** The state whose colour and fill the segment wears: a running part wears what came of it. */
  readonly state: State;
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
  /** Counted from 1; 0 when the segment is no attempt. */
  readonly attempt: number;
  /** An earlier attempt, drawn as a ghost behind what counts. */
  readonly past: boolean;
}

const KINDS: Partial<Record<State, SegmentKind>> = {
  RUNNING: 'running',
  PAUSED: 'paused',
  BREAKPOINT: 'paused',
  RETRYING: 'backoff',
  KILLING: 'ending',
};

const kindOf = (state: State): SegmentKind => KINDS[state] ?? 'waiting';

/** The segments in order of time, without overlaps; adjacent moments of equal look are one. */
export function segments(run: RunRecord): Segment[] {
  const { history } = run;
  const found: Segment[] = [];
  let attempt = 0;
  for (const [index, moment] of history.entries()) {
    if (isTerminal(moment.state)) continue;
    const kind = kindOf(moment.state);
    if (kind === 'running') attempt += 1;
    const next = history[index + 1];
    found.push({
      kind,
      state: wornState(moment, next),
      from: moment.at,
      to: next?.at ?? null,
      attempt: kind === 'running' ? attempt : 0,
      past: false,
    });
  }
  return markPast(joined(found));
}

/** A running part that led to an end shows the end; everything else shows itself. */
function wornState(moment: StateMoment, next: StateMoment | undefined): State {
  if (kindOf(moment.state) !== 'running' && moment.state !== 'KILLING') return moment.state;
  if (next === undefined) return moment.state;
  if (next.state === 'RETRYING' || next.state === 'RESTARTED') return 'FAILED';
  if (next.state === 'KILLING') return 'KILLED';
  return isTerminal(next.state) ? next.state : moment.state;
}

function joined(found: readonly Segment[]): Segment[] {
  const kept: Segment[] = [];
  for (const segment of found) {
    const last = kept.at(-1);
    const same = last !== undefined && last.kind === segment.kind && last.state === segment.state;
    if (same && segment.kind === 'waiting') kept[kept.length - 1] = { ...last, to: segment.to };
    else if (segment.to === null || segment.to > segment.from || segment.kind === 'running')
      kept.push(segment);
  }
  return kept;
}

function markPast(found: Segment[]): Segment[] {
  const last = found.findLastIndex((segment) => segment.kind === 'running');
  return found.map((segment, index) =>
    segment.kind === 'running' && index < last && segment.state !== 'RUNNING'
      ? { ...segment, past: true }
      : segment,
  );
}

/** How long a run waited, ran and stood still, in milliseconds, up to `now`. */
export interface Spent {
  readonly total: number;
  readonly waiting: number;
  readonly running: number;
  readonly paused: number;
}

export function spent(run: RunRecord, now: number): Spent {
  const sums = { waiting: 0, running: 0, paused: 0, backoff: 0, ending: 0 };
  for (const segment of segments(run))
    sums[segment.kind] += Math.max(0, (segment.to ?? now) - segment.from);
  const { waiting, running, paused, backoff, ending } = sums;
  return {
    total: waiting + running + paused + backoff + ending,
    waiting: waiting + backoff,
    running: running + ending,
    paused,
  };
}

/** From when to when a bar reaches; a run that ended at once is a moment. */
export function extent(
  run: RunRecord,
  now: number,
): { readonly from: number; readonly to: number } {
  const from = run.history[0]?.at ?? now;
  const to = isTerminal(run.state) ? (run.history.at(-1)?.at ?? from) : now;
  return { from, to: Math.max(from, to) };
}

export const MIN_BAR = 3;

/** Where a stretch lies on a strip: cut to what is near the screen, never thinner than can be seen. */
export function place(
  from: number,
  to: number,
  pixelsPerMs: number,
  origin: number,
  width: number,
): { readonly left: number; readonly width: number } | null {
  const left = (from - origin) * pixelsPerMs;
  const right = Math.max((to - origin) * pixelsPerMs, left + MIN_BAR);
  if (right < 0 || left > width) return null;
  const cutLeft = Math.max(left, -EDGE);
  return { left: cutLeft, width: Math.min(right, width + EDGE) - cutLeft };
}

/** Bars reach this far beyond the edge, so that their rounded ends stay out of sight. */
const EDGE = 12;
