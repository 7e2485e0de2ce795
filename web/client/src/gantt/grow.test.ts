import { expect, test } from 'vitest';
import { MIN_BAR } from './bars';
import { grownTo } from './grow';

test('a growing bar reaches to now, and can be seen from its first moment', () => {
  expect(grownTo(120, 40)).toBe(80);
  expect(grownTo(40.5, 40)).toBe(MIN_BAR);
  expect(grownTo(20, 40)).toBe(MIN_BAR);
});
