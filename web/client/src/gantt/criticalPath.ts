/**
 * Which task runs decided how long the execution took. In each container, from what ended last back to what
 * it had waited for: the run that ended last before it was made. Containers on the path are looked into.
 */
import { createdAt, type RunRecord } from '../live/records';
import { extent } from './bars';

const SAME_MOMENT_MS = 1;

interface Stretch {
  readonly run: RunRecord;
  readonly from: number;
  readonly to: number;
}

/** The runs that hold no others, in order of time. */
export function criticalPath(runs: Iterable<RunRecord>, now: number): string[] {
  const held = new Map<string | null, Stretch[]>();
  const all = [...runs];
  const known = new Set(all.map((run) => run.id));
  for (const run of all) {
    if (run.state === 'SKIPPED') continue;
    const parent = run.parentId !== null && known.has(run.parentId) ? run.parentId : null;
    const { to } = extent(run, now);
    const among = held.get(parent) ?? [];
    among.push({ run, from: createdAt(run), to });
    held.set(parent, among);
  }
  const path: string[] = [];
  follow(held, null, path);
  return path;
}

function follow(held: Map<string | null, Stretch[]>, parent: string | null, path: string[]): void {
  for (const { run } of chain(held.get(parent) ?? [])) {
    if (held.has(run.id)) follow(held, run.id, path);
    else path.push(run.id);
  }
}

/** Back from what ended last; each step is a search in the list ordered by end. */
function chain(stretches: readonly Stretch[]): Stretch[] {
  const byEnd = [...stretches].sort((a, b) => a.to - b.to || a.from - b.from);
  const found: Stretch[] = [];
  let current = byEnd.at(-1);
  let room = byEnd.length - 1;
  while (current !== undefined) {
    found.push(current);
    room = lastEndedBy(byEnd, current.from + SAME_MOMENT_MS, room);
    current = room < 0 ? undefined : byEnd[room];
  }
  return found.reverse();
}

/** The last place below `below` whose stretch has ended by `moment`, or -1. */
function lastEndedBy(byEnd: readonly Stretch[], moment: number, below: number): number {
  let low = 0;
  let high = below;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((byEnd[middle]?.to ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
