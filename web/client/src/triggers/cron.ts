/** A cron line in words, where words are shorter than the line; null where they would not be. */

const NICKNAMES: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** Longer lists of times are easier to read as the line itself. */
const MOST_TIMES = 4;

export function cronWords(written: string): string | null {
  const line = NICKNAMES[written.trim().toLowerCase()] ?? written.trim();
  const fields = line.toUpperCase().replaceAll('?', '*').split(/\s+/);
  if (fields.length === 6 && fields[0] === '0') fields.shift();
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) return null;
  const time = timeWords(minute, hour);
  const date = dayWords(day, weekday, time?.daily ?? false);
  const months = monthWords(month);
  if (time === null || date === null || months === null) return null;
  return [time.text, date, months].filter(Boolean).join(' ');
}

interface Time {
  readonly text: string;
  /** Said of one moment of a day, which then wants to know the day. */
  readonly daily: boolean;
}

function timeWords(minute: string, hour: string): Time | null {
  const often = (text: string): Time => ({ text, daily: false });
  const [everyMinutes, everyHours] = [stepOf(minute), stepOf(hour)];
  const minutes = numbers(minute, 59);
  if (hour === '*') {
    if (everyMinutes) return often(every(everyMinutes, 'minute'));
    if (minutes?.length === 1)
      return often(minutes[0] === 0 ? 'every hour' : `at minute ${minutes[0]} of every hour`);
    return null;
  }
  if (everyHours && minutes?.length === 1)
    return often(every(everyHours, 'hour') + (minutes[0] === 0 ? '' : `, at minute ${minutes[0]}`));
  const between = /^(\d+)-(\d+)$/.exec(hour);
  if (everyMinutes && between) {
    const last = `${two(Number(between[2]))}:59`;
    return often(`${every(everyMinutes, 'minute')} from ${two(Number(between[1]))}:00 to ${last}`);
  }
  const hours = numbers(hour, 23);
  if (!minutes || !hours || minutes.length * hours.length > MOST_TIMES) return null;
  const times = hours.flatMap((each) => minutes.map((at) => `${two(each)}:${two(at)}`));
  return { text: `at ${listed(times)}`, daily: true };
}

function dayWords(day: string, weekday: string, daily: boolean): string | null {
  if (day !== '*' && weekday !== '*') return null;
  if (weekday !== '*') {
    const range = /^(\w+)-(\w+)$/.exec(weekday);
    if (range) {
      const [from, to] = [dayOf(range[1]), dayOf(range[2])];
      return from && to ? `from ${from} to ${to}` : null;
    }
    const days = weekday.split(',').map(dayOf);
    return days.every((each) => each !== undefined) ? `on ${listed(days as string[])}` : null;
  }
  if (day === '*') return daily ? 'every day' : '';
  if (day === 'L') return 'on the last day of the month';
  const days = numbers(day, 31);
  return days ? `on the ${listed(days.map(ordinal))}` : null;
}

function monthWords(month: string): string | null {
  if (month === '*') return '';
  const step = stepOf(month);
  if (step) return `in ${listed(MONTHS.filter((_, index) => index % step === 0))}`;
  const named = month.split(',').map((each) => {
    const number = /^\d+$/.test(each) ? Number(each) - 1 : -1;
    return MONTHS[number] ?? MONTHS.find((name) => name.toUpperCase().slice(0, 3) === each);
  });
  return named.every((each) => each !== undefined) ? `in ${listed(named as string[])}` : null;
}

/** The n of a field that says every n-th; 1 for `*`. */
function stepOf(field: string): number | null {
  if (field === '*') return 1;
  const found = /^(?:\*|0)\/(\d+)$/.exec(field);
  return found ? Number(found[1]) : null;
}

/** A list of plain numbers; null for anything else. */
function numbers(field: string, most: number): number[] | null {
  const found = field.split(',').map((each) => (/^\d+$/.test(each) ? Number(each) : Number.NaN));
  return found.every((each) => each <= most) ? found : null;
}

const dayOf = (name: string | undefined): string | undefined => {
  if (name !== undefined && /^[0-7]$/.test(name)) return DAYS[Number(name) % 7];
  return DAYS.find((day) => day.toUpperCase().slice(0, 3) === name);
};
const every = (step: number, unit: string): string =>
  step === 1 ? `every ${unit}` : `every ${step} ${unit}s`;
const two = (value: number): string => String(value).padStart(2, '0');
const ENDINGS = ['th', 'st', 'nd', 'rd'];
const ordinal = (value: number): string =>
  `${value}${(value % 100 > 10 && value % 100 < 14 ? 'th' : ENDINGS[value % 10]) ?? 'th'}`;
const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
