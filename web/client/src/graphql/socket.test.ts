import { expect, test } from 'vitest';
import { retryDelay } from './socket';

test('a lost connection is tried again ever more slowly, at most every eight seconds, never all at once', () => {
  const slowest = [0, 1, 2, 3, 4, 5, 9].map((attempt) => retryDelay(attempt, 1));
  expect(slowest).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000]);
  expect(retryDelay(3, 0)).toBe(1000);
});
