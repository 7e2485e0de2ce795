import { expect, test } from 'vitest';
import { cronWords } from './cron';

test.each([
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['0/5 * * * *', 'every 5 minutes'],
  ['0 * * * *', 'every hour'],
  ['20 * * * *', 'at minute 20 of every hour'],
  ['0 */6 * * *', 'every 6 hours'],
  ['30 */6 * * *', 'every 6 hours, at minute 30'],
  ['*/10 9-17 * * MON-FRI', 'every 10 minutes from 09:00 to 17:59 from Monday to Friday'],
  ['30 6 * * 1-5', 'at 06:30 from Monday to Friday'],
  ['0 8,20 * * *', 'at 08:00 and 20:00 every day'],
  ['0 9 * * SAT,SUN', 'at 09:00 on Saturday and Sunday'],
  ['0 9 * * 7', 'at 09:00 on Sunday'],
  ['0 0 1,15 * *', 'at 00:00 on the 1st and 15th'],
  ['0 0 L * *', 'at 00:00 on the last day of the month'],
  ['0 0 1 */3 *', 'at 00:00 on the 1st in January, April, July and October'],
  ['0 0 1 JAN,JUL ?', 'at 00:00 on the 1st in January and July'],
  ['0 15 10 * * *', 'at 10:15 every day'],
  ['@weekly', 'at 00:00 on Sunday'],
])('%s is %s', (line, words) => {
  expect(cronWords(line)).toBe(words);
});

test.each([
  '0 0 1 * MON',
  '0 9 * * MON#2',
  '7 */2,5 * * *',
  '0 1,2,3,4,5 * * *',
  '*/5 1 2',
  '30 0 9 * * *',
  '0 9 31 FEBR *',
  'nonsense',
])('%s is left as it is written', (line) => {
  expect(cronWords(line)).toBeNull();
});
