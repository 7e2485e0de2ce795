/** Which task run the address means: by its id, or by its task's id when that has run. */
import type { RunRecord } from '../live/records';

interface Runs {
  get(id: string): RunRecord | undefined;
  values(): Iterable<RunRecord>;
}

export function runOf(runs: Runs, wanted: string): RunRecord | undefined {
  return runs.get(wanted) ?? siblingsOf(runs, wanted).at(-1);
}

/** The runs of one task in the order of their loop values, then of their birth. */
export function siblingsOf(runs: Pick<Runs, 'values'>, taskId: string): RunRecord[] {
  const found = [...runs.values()].filter((run) => run.taskId === taskId);
  return found.sort((a, b) => (a.iteration ?? 0) - (b.iteration ?? 0) || birth(a) - birth(b));
}

const birth = (run: RunRecord): number => run.history[0]?.at ?? 0;

/** The next failed run after `from`, round at the end; null when none failed. */
export function nextFailed(siblings: readonly RunRecord[], from: number): RunRecord | null {
  for (let away = 1; away <= siblings.length; away += 1) {
    const run = siblings[(from + away) % siblings.length];
    if (run?.state === 'FAILED') return run;
  }
  return null;
}
