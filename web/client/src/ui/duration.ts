/** Lengths of time: ISO 8601, the short words people type (90s, 5m, 2h30m, 7d), and what is shown. Milliseconds throughout. */

const ISO = /^(-?)P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** NaN when the text is not an ISO 8601 duration of days, hours, minutes and seconds. */
export function fromIso(text: string): number {
  const found = ISO.exec(text);
  if (!found || text.endsWith('P') || text.endsWith('T')) return Number.NaN;
  const part = (index: number) => Number(found[index] ?? 0);
  const whole = part(2) * DAY + part(3) * HOUR + part(4) * MINUTE + part(5) * SECOND;
  return found[1] ? -whole : whole;
}

const WORDS = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;
const UNITS: Record<string, number> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** `5m`, `1h30m`, `1.5s` or an ISO 8601 duration; null when it is neither. */
export function fromWords(text: string): number | null {
  if (text.startsWith('P')) {
    const iso = fromIso(text);
    return Number.isNaN(iso) ? null : iso;
  }
  const parts = [...text.matchAll(WORDS)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text) return null;
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

/** Shortest exact words: 90000 is `1m30s`. */
export function toWords(ms: number): string {
  let rest = ms;
  let text = '';
  for (const [unit, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  if (rest > 0 && rest < SECOND && text === '') return `${rest}ms`;
  return rest > 0 || text === '' ? `${text}${rest / SECOND}s` : text;
}

export const toIso = (ms: number): string => `PT${ms / SECOND}S`;

const two = (value: number) => String(Math.floor(value)).padStart(2, '0');

/** As shown: two units at most, of a width that does not flicker: 340 ms, 1.52 s, 1m 05s, 2h 03m, 3d 04h. */
export function shown(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < SECOND) return `${Math.round(whole)} ms`;
  if (whole < 10 * SECOND) return `${(whole / SECOND).toFixed(2)} s`;
  if (whole < MINUTE) return `${(whole / SECOND).toFixed(1)} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}m ${two((whole % MINUTE) / SECOND)}s`;
  if (whole < DAY) return `${Math.floor(whole / HOUR)}h ${two((whole % HOUR) / MINUTE)}m`;
  return `${Math.floor(whole / DAY)}d ${two((whole % DAY) / HOUR)}h`;
}
