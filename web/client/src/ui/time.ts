/** Moments as people read them. */

const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const withYear = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
});
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** The time of day today, with the day on other days, the day alone in other years. */
export function shortTime(at: Date, now: Date): string {
  const near = Math.abs(now.getTime() - at.getTime()) < DAY_MS && at.getDate() === now.getDate();
  if (at.getFullYear() !== now.getFullYear()) return withYear.format(at);
  return (near ? clock : dayAndClock).format(at);
}

export function preciseTime(at: Date): string {
  return `${clock.format(at)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

export const fullTime = (at: Date): string => `${whole.format(at)}\n${at.toISOString()}`;
