import { expect, test } from 'vitest';
import { elapsed, stepFor, ticks } from './ruler';

test('the unit follows the zoom', () => {
  expect(stepFor({ from: 0, to: 100 }, 920)).toBe(10);
  expect(stepFor({ from: 0, to: 60_000 }, 920)).toBe(10_000);
  expect(stepFor({ from: 0, to: 86_400_000 }, 920)).toBe(10_800_000);
});

test.each([10, 1_000, 90_000, 3_600_000, 5e9, 5e12])('labels of %d ms never crowd', (length) => {
  const marks = ticks({ from: 0, to: length }, 1000, 0);
  expect(marks.length).toBeLessThanOrEqual(11);
  expect(new Set(marks.map((mark) => mark.label)).size).toBe(marks.length);
});

test('marks are counted from the start of the execution', () => {
  const marks = ticks({ from: 990, to: 2990 }, 400, 1000);
  expect(marks.map((mark) => [mark.at, mark.label])).toEqual([
    [1000, '0'],
    [1500, '500 ms'],
    [2000, '1.0 s'],
    [2500, '1.5 s'],
  ]);
});

test.each([
  [250, 50, '250 ms'],
  [1500, 500, '1.5 s'],
  [12_000, 2000, '12 s'],
  [125_000, 5000, '2:05'],
  [3_723_000, 1000, '1:02:03'],
  [7_200_000, 3_600_000, '2:00 h'],
  [90_000_000, 3_600_000, '1 d 1:00'],
  [172_800_000, 86_400_000, '2 d'],
])('%d ms at steps of %d reads %s', (ms, step, label) => {
  expect(elapsed(ms, step)).toBe(label);
});
