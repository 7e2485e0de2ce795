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
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** Time of day for the last twenty-four hours, with the day before that. */
export function shortTime(at: Date, now: Date): string {
  const near = Math.abs(now.getTime() - at.getTime()) < DAY_MS && at.getDate() === now.getDate();
  return (near ? clock : dayAndClock).format(at);
}

export function preciseTime(at: Date): string {
  return `${clock.format(at)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

export const fullTime = (at: Date): string => `${whole.format(at)}\n${at.toISOString()}`;
