/** What the instruments know of an execution: plain values, times in milliseconds since the epoch. */
import { isTerminal, type State } from '../states/states';

/** A task run or an execution entered `state` at `at`. */
export interface StateMoment {
  readonly state: State;
  readonly at: number;
}

export interface AttemptRecord {
  /** Counted from 1. */
  readonly number: number;
  readonly state: State;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly worker: string | null;
}

export interface RunRecord {
  readonly id: string;
  readonly taskId: string;
  readonly taskType: string;
  readonly parentId: string | null;
  /** The loop's value this run belongs to, or null outside loops. */
  readonly value: string | null;
  readonly iteration: number | null;
  readonly state: State;
  /** In order; never empty. */
  readonly history: readonly StateMoment[];
  readonly attempts: readonly AttemptRecord[];
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

const DURATION =
  /^(-?)P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** ISO 8601 duration to milliseconds; NaN when it is none. */
export function duration(text: string): number {
  const found = DURATION.exec(text);
  if (found === null) return Number.NaN;
  const [, sign, days, hours, minutes, seconds] = found;
  const total =
    Number(days ?? 0) * 86_400 +
    Number(hours ?? 0) * 3_600 +
    Number(minutes ?? 0) * 60 +
    Number(seconds ?? 0);
  return (sign === '-' ? -1 : 1) * total * 1000;
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
