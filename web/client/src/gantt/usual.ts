/** How long each task usually takes, from earlier executions of the flow. */

export interface Usual {
  /** Milliseconds: half of the earlier runs were quicker, one in twenty was slower. */
  readonly half: number;
  readonly most: number;
}

/** A task, and its value in a loop: what one value takes says little of another. */
interface Named {
  readonly taskId: string;
  readonly value?: string | null;
}

export interface Sample extends Named {
  readonly ms: number;
}

/** Fewer tell nothing of what is usual. */
const ENOUGH = 4;

/** Under which name what is usual of a task run is found. */
export const nameOf = ({ taskId, value }: Named): string => `${taskId} ${value ?? ''}`;

/** By name; those with too few earlier runs are left out. */
export function usualOf(samples: Iterable<Sample>): ReadonlyMap<string, Usual> {
  const byTask = new Map<string, number[]>();
  for (const sample of samples) {
    const known = byTask.get(nameOf(sample)) ?? [];
    known.push(sample.ms);
    byTask.set(nameOf(sample), known);
  }
  const found = new Map<string, Usual>();
  for (const [name, all] of byTask) {
    if (all.length < ENOUGH) continue;
    all.sort((a, b) => a - b);
    found.set(name, { half: rank(all, 0.5), most: rank(all, 0.95) });
  }
  return found;
}

/** The value at a share of the sorted ones, by nearest rank. */
const rank = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
