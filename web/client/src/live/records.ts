/** What the instruments know of an execution: plain values, times in milliseconds since the epoch. */
import { isTerminal, type State } from '../states/states';

/** A task run or an execution entered `state` at `at`. */
export interface StateMoment {
  readonly state: State;
  readonly at: number;
}

export interface RunRecord {
  readonly id: string;
  readonly taskId: string;
  readonly parentId: string | null;
  /** The loop's value this run belongs to, or null outside loops. */
  readonly value: string | null;
  readonly iteration: number | null;
  readonly state: State;
  /** In order; never empty. */
  readonly history: readonly StateMoment[];
  /** First line of what went wrong, when something did. */
  readonly problem: string | null;
}

export interface ExecutionRecord {
  readonly id: string;
  readonly namespace: string;
  readonly flowId: string;
  readonly flowRevision: number;
  readonly state: State;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

const FRACTION = /\.(\d{3})(\d{1,6})/;

/** RFC 3339 to milliseconds, keeping the microseconds that `Date` drops. */
export function instant(text: string): number {
  const whole = Date.parse(text);
  const rest = FRACTION.exec(text)?.[2];
  return rest === undefined ? whole : whole + Number(`0.${rest}`);
}

export function instantOrNull(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : instant(text);
}

/** When the run was made. */
export function createdAt(run: RunRecord): number {
  return run.history[0]?.at ?? 0;
}

/** When the run first ran, or null while it waits. */
export function startedAt(run: RunRecord): number | null {
  return run.history.find((moment) => moment.state === 'RUNNING')?.at ?? null;
}

/** When the run ended, or null while it goes on. */
export function endedAt(run: RunRecord): number | null {
  return isTerminal(run.state) ? (run.history.at(-1)?.at ?? null) : null;
}
