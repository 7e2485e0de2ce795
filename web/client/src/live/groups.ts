/** What several task runs amount to: the most telling state, and from when to when they reach. */

import type { State } from '../states/states';
import { createdAt, endedAt, type RunRecord } from './records';

export interface Group {
  readonly state: State;
  readonly from: number;
  /** Null while one of them goes on. */
  readonly to: number | null;
}

/** The most telling first: what failed, what still happens, what stands still, what went well. */
const TELLING: readonly State[] = [
  'FAILED',
  'KILLING',
  'KILLED',
  'RUNNING',
  'RETRYING',
  'PAUSED',
  'BREAKPOINT',
  'QUEUED',
  'SUBMITTED',
  'RESTARTED',
  'CREATED',
  'WARNING',
  'CANCELLED',
  'SUCCESS',
  'RETRIED',
  'RESUBMITTED',
  'SKIPPED',
];

const RANK: ReadonlyMap<State, number> = new Map(TELLING.map((state, rank) => [state, rank]));

export function mostTelling(states: Iterable<State>): State | null {
  let found: State | null = null;
  for (const state of states)
    if (found === null || (RANK.get(state) ?? 99) < (RANK.get(found) ?? 99)) found = state;
  return found;
}

export function grouped(runs: readonly RunRecord[]): Group {
  const ends = runs.map(endedAt);
  return {
    state: mostTelling(runs.map((run) => run.state)) ?? 'CREATED',
    from: Math.min(...runs.map(createdAt)),
    to: ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0)),
  };
}
