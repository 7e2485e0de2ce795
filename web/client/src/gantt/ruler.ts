/** The marks of a time ruler: a round unit that suits the zoom, counted from the start or by the clock. */
import type { TimeWindow } from '../viewport/timeWindow';

export interface Tick {
  readonly at: number;
  readonly label: string;
}

const STEPS: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000,
  300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000,
  86_400_000, 172_800_000, 604_800_000,
];
const ROOM_FOR_A_LABEL = 92;

/** The step between marks, in milliseconds, so that labels do not crowd. */
export function stepFor(window: TimeWindow, width: number): number {
  const wanted = ((window.to - window.from) / Math.max(width, 1)) * ROOM_FOR_A_LABEL;
  return STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / 604_800_000) * 604_800_000;
}

/** Marks counted from `start`, the beginning of the execution. */
export function ticks(window: TimeWindow, width: number, start: number): Tick[] {
  const step = stepFor(window, width);
  const marks: Tick[] = [];
  const first = Math.ceil((window.from - start) / step);
  for (let mark = Math.max(0, first); start + mark * step <= window.to; mark += 1)
    marks.push({ at: start + mark * step, label: elapsed(mark * step, step) });
  return marks;
}

/** `1:02:03`, `2:05`, `12 s`, `1.5 s`, `250 ms`: as exact as the step needs. */
export function elapsed(ms: number, step: number): string {
  if (ms === 0) return '0';
  if (step < 1000 && ms < 1000) return `${ms} ms`;
  const places = step >= 1000 ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3;
  if (ms < 60_000) return `${(ms / 1000).toFixed(places)} s`;
  const seconds = (ms / 1000) % 60;
  const minutes = Math.floor(ms / 60_000) % 60;
  const hours = Math.floor(ms / 3_600_000) % 24;
  const days = Math.floor(ms / 86_400_000);
  const tail = seconds.toFixed(places).padStart(places === 0 ? 2 : places + 3, '0');
  if (ms < 3_600_000) return `${minutes}:${tail}`;
  const clock = `${hours}:${String(minutes).padStart(2, '0')}${step >= 60_000 ? '' : `:${tail}`}`;
  if (days === 0) return step >= 60_000 ? `${clock} h` : clock;
  return hours === 0 && step >= 86_400_000 ? `${days} d` : `${days} d ${clock}`;
}
