import { expect, test } from 'vitest';
import { heights, MOST_POINTS, median, pointsOf } from './history';

const published = (executionId: string, value: number, kind: 'COUNTER' | 'TIMER' = 'COUNTER') => ({
  executionId,
  at: `2026-01-01T00:00:${executionId.padStart(2, '0')}Z`,
  value,
  kind,
});

test('counts of one execution are added, times are averaged', () => {
  expect(pointsOf([published('1', 3), published('1', 4), published('2', 5)])).toMatchObject([
    { executionId: '1', value: 7, count: 2 },
    { executionId: '2', value: 5, count: 1 },
  ]);
  expect(pointsOf([published('1', 3, 'TIMER'), published('1', 4, 'TIMER')])[0]?.value).toBe(3.5);
});

test('only the last executions are shown', () => {
  const many = Array.from({ length: MOST_POINTS + 9 }, (_, index) => published(`${index}`, index));
  const points = pointsOf(many);
  expect(points).toHaveLength(MOST_POINTS);
  expect(points.at(-1)?.value).toBe(MOST_POINTS + 8);
});

test('what is usual is the one in the middle, or between the two', () => {
  expect(median(pointsOf([published('1', 1), published('2', 100), published('3', 3)]))).toBe(3);
  expect(median(pointsOf([published('1', 1), published('2', 3)]))).toBe(2);
  expect(median([])).toBe(0);
});

test('the greatest takes the whole height, what is nothing takes none', () => {
  expect(heights(pointsOf([published('1', 0), published('2', 4), published('3', 2)]))).toEqual([
    0, 1, 0.5,
  ]);
  expect(heights(pointsOf([published('1', 0), published('2', -3)]))).toEqual([0, 0]);
});
