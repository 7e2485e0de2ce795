/** The columns of an execution's timeline as records, and the parts of a task run as one. */

import type { State } from '../states/states';
import { instant, type RunRecord, type StateMoment } from './records';

/** All columns with one entry a run have the same length; segments lie end to end in columns of their own. */
export interface TimelineColumns {
  readonly origin: string;
  readonly taskRunIds: readonly string[];
  readonly ordinals: readonly number[];
  readonly parentOrdinals: readonly (number | null)[];
  readonly taskIds: readonly string[];
  readonly tasks: readonly number[];
  readonly values: readonly (string | null)[];
  readonly iterations: readonly (number | null)[];
  readonly segmentCounts: readonly number[];
  readonly segmentStates: readonly State[];
  readonly segmentOffsets: readonly number[];
}

export function recordsOf(
  columns: TimelineColumns,
  problems: ReadonlyMap<string, string> = new Map(),
): RunRecord[] {
  const origin = instant(columns.origin);
  const byOrdinal = new Map(columns.taskRunIds.map((id, row) => [columns.ordinals[row], id]));
  let segment = 0;
  return columns.taskRunIds.map((id, row) => {
    const history: StateMoment[] = [];
    for (const end = segment + (columns.segmentCounts[row] ?? 0); segment < end; segment += 1)
      history.push({
        state: columns.segmentStates[segment] ?? 'CREATED',
        at: origin + (columns.segmentOffsets[segment] ?? 0),
      });
    const parent = columns.parentOrdinals[row] ?? null;
    return {
      id,
      taskId: columns.taskIds[columns.tasks[row] ?? -1] ?? '',
      parentId: parent === null ? null : (byOrdinal.get(parent) ?? null),
      value: columns.values[row] ?? null,
      iteration: columns.iterations[row] ?? null,
      state: history.at(-1)?.state ?? 'CREATED',
      history,
      problem: problems.get(id) ?? null,
    };
  });
}

/** A task run as the stream brings it. */
export interface TaskRunParts {
  readonly id: string;
  readonly taskId: string;
  readonly parentId: string | null;
  readonly value: string | null;
  readonly iteration: number | null;
  readonly state: State;
  readonly stateHistory: readonly { readonly state: State; readonly at: string }[];
  readonly attempts: readonly { readonly message: string | null }[];
}

export function recordOf(parts: TaskRunParts): RunRecord {
  return {
    id: parts.id,
    taskId: parts.taskId,
    parentId: parts.parentId,
    value: parts.value,
    iteration: parts.iteration,
    state: parts.state,
    history: parts.stateHistory.map(({ state, at }) => ({ state, at: instant(at) })),
    problem: parts.attempts.at(-1)?.message ?? null,
  };
}
