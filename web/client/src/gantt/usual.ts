/** How long each task usually takes, from earlier executions of the flow. */

export interface Usual {
  /** Milliseconds: half of the earlier runs were quicker, one in twenty was slower. */
  readonly half: number;
  readonly most: number;
}

export interface Sample {
  readonly taskId: string;
  readonly ms: number;
}

/** Fewer tell nothing of what is usual. */
const ENOUGH = 4;

/** By task; those with too few earlier runs are left out. */
export function usualOf(samples: Iterable<Sample>): ReadonlyMap<string, Usual> {
  const byTask = new Map<string, number[]>();
  for (const { taskId, ms } of samples) {
    const known = byTask.get(taskId) ?? [];
    known.push(ms);
    byTask.set(taskId, known);
  }
  const found = new Map<string, Usual>();
  for (const [taskId, all] of byTask) {
    if (all.length < ENOUGH) continue;
    all.sort((a, b) => a - b);
    found.set(taskId, { half: rank(all, 0.5), most: rank(all, 0.95) });
  }
  return found;
}

/** The value at a share of the sorted ones, by nearest rank. */
const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
