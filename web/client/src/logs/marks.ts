/** Where in the log the grave lines are: for the navigator, and for the map beside the scrollbar. */
import type { LogLevel, LogLine } from '../live/logs';

export const LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

export const isLevel = (word: string | null): word is LogLevel =>
  LEVELS.some((level) => level === word);

/** Indexes of the lines of a level. */
export function indexesOf(lines: readonly LogLine[], level: LogLevel): number[] {
  const found: number[] = [];
  for (const [index, line] of lines.entries()) if (line.level === level) found.push(index);
  return found;
}

/** The next place after `from` among sorted `places`, or the one before it; round at the ends. */
export function step(places: readonly number[], from: number, forward: boolean): number | null {
  if (places.length === 0) return null;
  const found = forward
    ? places.find((place) => place > from)
    : places.findLast((place) => place < from);
  return found ?? (forward ? places[0] : places.at(-1)) ?? null;
}

export interface Mark {
  /** From 0 at the top to 1 at the bottom. */
  readonly top: number;
  readonly level: LogLevel;
}

/** The gravest level of each stretch of the log, for a map of `slots` slots; only warnings and errors show. */
export function mapOf(lines: readonly LogLine[], slots: number): Mark[] {
  const gravest = new Array<number>(slots).fill(-1);
  for (const [index, { level }] of lines.entries()) {
    const grave = LEVELS.indexOf(level);
    if (grave < LEVELS.indexOf('WARN')) continue;
    const slot = Math.min(slots - 1, Math.floor((index / lines.length) * slots));
    gravest[slot] = Math.max(gravest[slot] ?? -1, grave);
  }
  return gravest.flatMap((grave, slot) => {
    const level = LEVELS[grave];
    return level === undefined ? [] : [{ top: slot / slots, level }];
  });
}
