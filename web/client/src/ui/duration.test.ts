import { expect, test } from 'vitest';
import { fromIso, fromWords, shown, toIso, toWords } from './duration';

test('an ISO duration is read to the millisecond', () => {
  expect(fromIso('PT1.5S')).toBe(1500);
  expect(fromIso('P1DT2H3M4S')).toBe(93_784_000);
  expect(fromIso('-PT1S')).toBe(-1000);
  expect(fromIso('an hour')).toBeNaN();
  expect(fromIso('P')).toBeNaN();
});

test('what people type is read, and anything else refused', () => {
  expect(fromWords('5m')).toBe(300_000);
  expect(fromWords('1h30m')).toBe(5_400_000);
  expect(fromWords('1.5s')).toBe(1500);
  expect(fromWords('PT5M')).toBe(300_000);
  expect(fromWords('5 minutes')).toBeNull();
  expect(fromWords('5')).toBeNull();
});

test('words and milliseconds lead back to each other', () => {
  for (const words of ['250ms', '1.5s', '5m', '1h30m', '7d', '1d2h3m4s']) {
    expect(toWords(fromWords(words) ?? Number.NaN)).toBe(words);
  }
  expect(fromIso(toIso(5_400_000))).toBe(5_400_000);
});

test('a shown duration has two units at most', () => {
  expect([12, 1520, 32_100, 65_000, 7_380_000, 273_600_000].map(shown)).toEqual([
    '12 ms',
    '1.52 s',
    '32.1 s',
    '1m 05s',
    '2h 03m',
    '3d 04h',
  ]);
});
