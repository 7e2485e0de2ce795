/** The task runs of an execution folded onto its tasks: counts by state, now or at a moment of the past. */
import { mostTelling } from '../live/groups';
import type { RunRecord } from '../live/records';
import { isTerminal, type State } from '../states/states';

/** What the runs of one task amount to. */
export interface TaskState {
  readonly state: State;
  readonly counts: ReadonlyMap<State, number>;
  readonly total: number;
  /** How many have ended. */
  readonly ended: number;
  readonly from: number;
  /** Null while one of them goes on. */
  readonly to: number | null;
  /** The run to show when the task is chosen: one in the most telling state, the latest of them. */
  readonly runId: string;
  readonly problem: string | null;
}

export type TaskStates = ReadonlyMap<string, TaskState>;

interface Sum {
  readonly counts: Map<State, number>;
  readonly latest: Map<State, RunRecord>;
  from: number;
  to: number;
  total: number;
  ended: number;
}

/** By task id. `at` is a moment in milliseconds; null is now. */
export function folded(runs: Iterable<RunRecord>, at: number | null): TaskStates {
  const sums = new Map<string, Sum>();
  for (const run of runs) {
    const moment = at === null ? run.history.at(-1) : run.history.findLast((each) => each.at <= at);
    if (moment === undefined) continue;
    let sum = sums.get(run.taskId);
    if (sum === undefined) {
      sum = { counts: new Map(), latest: new Map(), from: moment.at, to: 0, total: 0, ended: 0 };
      sums.set(run.taskId, sum);
    }
    const state = at === null ? run.state : moment.state;
    sum.counts.set(state, (sum.counts.get(state) ?? 0) + 1);
    sum.latest.set(state, run);
    sum.total += 1;
    if (isTerminal(state)) sum.ended += 1;
    sum.from = Math.min(sum.from, run.history[0]?.at ?? moment.at);
    sum.to = Math.max(sum.to, moment.at);
  }
  return new Map([...sums].map(([taskId, sum]) => [taskId, stateOf(sum)]));
}

function stateOf({ counts, latest, total, ended, from, to }: Sum): TaskState {
  const state = mostTelling(counts.keys()) ?? 'CREATED';
  const telling = latest.get(state);
  return {
    state,
    counts,
    total,
    ended,
    from,
    to: ended === total ? to : null,
    runId: telling?.id ?? '',
    problem: state === 'FAILED' ? (telling?.problem ?? null) : null,
  };
}

/** Every moment at which some state changed, in order, each once. */
export function moments(runs: Iterable<RunRecord>): number[] {
  const found = new Set<number>();
  for (const run of runs) for (const { at } of run.history) found.add(at);
  return [...found].sort((a, b) => a - b);
}
