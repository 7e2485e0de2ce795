/**
 * The rows of the Gantt: loop, then value, then task, as a tree that grows in place while runs are born.
 * A loop whose values each hold one task shows the task's rows directly; with more, each value has a row.
 */
import { createdAt, type RunRecord } from '../live/records';

export interface Branch {
  /** The run's id, or `<loop's run id>/<value>` for the row of a value. */
  readonly key: string;
  /** Null for the row of a value. */
  readonly runId: string | null;
  /** The loop's value this row stands for or stands in first. */
  readonly value: string | null;
  readonly iteration: number | null;
  readonly depth: number;
  readonly parent: Branch | null;
  readonly children: Branch[];
}

/** Anything that finds a run by its id. */
export interface RunsById {
  get(id: string): RunRecord | undefined;
}

/** Loops with more values than this show them closed. */
export const MANY_VALUES = 30;

export class Outline {
  readonly roots: Branch[] = [];
  readonly #branches = new Map<string, Branch>();
  readonly #loopTasks = new Map<string, Set<string>>();

  /** Take in the runs not seen before; answers whether anything was added. */
  grow(runs: RunsById, order: Iterable<RunRecord>): boolean {
    const before = this.#branches.size;
    for (const run of order) this.#add(run, runs);
    return this.#branches.size !== before;
  }

  find(key: string): Branch | undefined {
    return this.#branches.get(key);
  }

  /** Every row that is not inside a closed one, top to bottom. */
  visible(isOpen: (branch: Branch) => boolean): Branch[] {
    const rows: Branch[] = [];
    const walk = (branches: readonly Branch[]): void => {
      for (const branch of branches) {
        rows.push(branch);
        if (branch.children.length > 0 && isOpen(branch)) walk(branch.children);
      }
    };
    walk(this.roots);
    return rows;
  }

  #add(run: RunRecord, runs: RunsById): Branch {
    const known = this.#branches.get(run.id);
    if (known !== undefined) return known;
    const parentRun = run.parentId === null ? undefined : runs.get(run.parentId);
    const parent = parentRun === undefined ? null : this.#add(parentRun, runs);
    const entersValue = run.value !== null && !sameTurn(run, parentRun);
    const under = entersValue && parent !== null ? this.#valueBranch(run, parent) : parent;
    const branch: Branch = {
      key: run.id,
      runId: run.id,
      value: entersValue && under === parent ? run.value : null,
      iteration: run.iteration,
      depth: under === null ? 0 : under.depth + 1,
      parent: under,
      children: [],
    };
    this.#branches.set(branch.key, branch);
    (under?.children ?? this.roots).push(branch);
    return branch;
  }

  /** The row of the value `run` belongs to, or the loop itself while its values hold one task each. */
  #valueBranch(run: RunRecord, loop: Branch): Branch {
    const tasks = this.#loopTasks.get(loop.key) ?? new Set();
    this.#loopTasks.set(loop.key, tasks);
    const wasFlat = tasks.size === 1;
    tasks.add(run.taskId);
    if (tasks.size < 2) return loop;
    if (wasFlat) this.#regroup(loop);
    return this.#group(loop, run.value, run.iteration);
  }

  #group(loop: Branch, value: string | null, iteration: number | null): Branch {
    const key = `${loop.key}/${iteration ?? ''}/${value ?? ''}`;
    const known = this.#branches.get(key);
    if (known !== undefined) return known;
    const group = {
      key,
      runId: null,
      value,
      iteration,
      depth: loop.depth + 1,
      parent: loop,
      children: [],
    };
    this.#branches.set(key, group);
    loop.children.push(group);
    return group;
  }

  /** A second task has appeared in the loop: the rows so far move under rows of their values. */
  #regroup(loop: Branch): void {
    const flat = loop.children.splice(0);
    for (const branch of flat) {
      const group = this.#group(loop, branch.value, branch.iteration);
      this.#move({ ...branch, value: null }, group);
    }
  }

  #move(branch: Branch, parent: Branch): void {
    const moved: Branch = { ...branch, parent, depth: parent.depth + 1, children: [] };
    this.#branches.set(moved.key, moved);
    parent.children.push(moved);
    for (const child of branch.children) this.#move(child, moved);
  }
}

function sameTurn(run: RunRecord, parent: RunRecord | undefined): boolean {
  return parent !== undefined && parent.value === run.value && parent.iteration === run.iteration;
}

/** Whether a row is open when nobody has said otherwise: all but the values of a large loop. */
export function opensByItself(branch: Branch): boolean {
  if (branch.runId !== null || branch.parent === null) return true;
  return branch.parent.children.length <= MANY_VALUES;
}

/** All rows of runs, in the order of the outline: what the overview strip draws. */
export function everyRun(roots: readonly Branch[]): string[] {
  const ids: string[] = [];
  const walk = (branches: readonly Branch[]): void => {
    for (const branch of branches) {
      if (branch.runId !== null) ids.push(branch.runId);
      walk(branch.children);
    }
  };
  walk(roots);
  return ids;
}

/** Runs in the order in which they were made: parents before what they hold. */
export function inOrder(runs: Iterable<RunRecord>): RunRecord[] {
  return [...runs].sort(
    (a, b) => createdAt(a) - createdAt(b) || (a.iteration ?? 0) - (b.iteration ?? 0),
  );
}
