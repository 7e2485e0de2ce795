import { expect, test } from 'vitest';
import { localNow, toMoment } from './localTime';

test('a moment goes through a field of the browser and comes back to the minute', () => {
  const at = Date.parse('2026-03-29T01:30:00Z');
  expect(toMoment(localNow(at))).toBe('2026-03-29T01:30:00.000Z');
});

test('an empty or half-written field says no moment', () => {
  expect(toMoment('')).toBeNull();
  expect(toMoment('half-written')).toBeNull();
});
