/** Where the task runs of the execution before lay: what this one is compared with. */
import { createdAt, endedAt, type RunRecord } from '../live/records';
import type { Branch, RunsById } from './outline';

/** Milliseconds since its execution was created. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Before {
  readonly id: string;
  readonly places: ReadonlyMap<string, Stretch>;
}

/** A run by the way to it: the same task at the same value is the same work in any execution. */
export function pathOf(run: RunRecord, runs: RunsById): string {
  const parent = run.parentId === null ? undefined : runs.get(run.parentId);
  const own = `${run.taskId} ${run.iteration ?? ''} ${run.value ?? ''}`;
  return parent === undefined ? own : `${pathOf(parent, runs)}/${own}`;
}

/** By path; what has not ended has no place yet. */
export function placesOf(
  all: Iterable<RunRecord>,
  runs: RunsById,
  created: number,
): ReadonlyMap<string, Stretch> {
  const places = new Map<string, Stretch>();
  for (const run of all) {
    const end = endedAt(run);
    if (end === null || run.state === 'SKIPPED') continue;
    places.set(pathOf(run, runs), { from: createdAt(run) - created, to: end - created });
  }
  return places;
}

/** Of a run where it lay; of a row that stands for a value, from the first beginning inside to the last end. */
export function placeOf(
  branch: Branch,
  runs: RunsById,
  places: ReadonlyMap<string, Stretch>,
): Stretch | undefined {
  if (branch.runId !== null) {
    const run = runs.get(branch.runId);
    return run && places.get(pathOf(run, runs));
  }
  const inside = branch.children.flatMap((child) => placeOf(child, runs, places) ?? []);
  if (inside.length === 0) return undefined;
  return {
    from: Math.min(...inside.map(({ from }) => from)),
    to: Math.max(...inside.map(({ to }) => to)),
  };
}

export const lasted = ({ from, to }: Stretch): number => to - from;
