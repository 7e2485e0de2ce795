import { expect, test } from 'vitest';
import { indentOf, nowOn, ROW, rowsInSight, SPARE_ROWS } from './view';

test('only rows in sight and a few around them are drawn', () => {
  const [first, last] = rowsInSight(1000 * ROW, 10 * ROW, 100_000);
  expect(first).toBe(1000 - SPARE_ROWS);
  expect(last - first).toBe(10 + 2 * SPARE_ROWS);
  expect(rowsInSight(0, 500, 3)).toEqual([0, 3]);
  expect(rowsInSight(9999, 500, 0)).toEqual([0, 0]);
});

test('now stays near the strip however far it is', () => {
  const view = { window: { from: 0, to: 1000 }, width: 500 };
  expect(nowOn(view, 500)).toBe(250);
  expect(nowOn(view, 1e12)).toBeLessThan(600);
  expect(nowOn(view, -1e12)).toBeGreaterThan(-100);
});

test('rows are indented for three levels at most', () => {
  expect(indentOf(9)).toBe(indentOf(3));
});
