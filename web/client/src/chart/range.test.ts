import { expect, test } from 'vitest';
import type { Part } from '../executions/filter';
import { narrowed, rangeOf, shownRange } from './range';

const NOW = Date.parse('2026-03-04T12:34:56Z');
const HOUR = 3_600_000;

test('a chart has no more bars than can be told apart, and steps that begin at their multiples', () => {
  for (const span of [1, 60_000, HOUR, 24 * HOUR, 30 * 24 * HOUR, 900 * 24 * HOUR]) {
    const { from, to, step } = rangeOf(NOW - span, NOW);
    expect(from % step).toBe(0);
    expect((to - from) / step).toBeLessThanOrEqual(61);
  }
});

test('a chart shows the chosen span unless the filter speaks of creation', () => {
  expect(shownRange([], '24h', NOW)).toEqual({
    from: NOW - 24 * HOUR - ((NOW - 24 * HOUR) % 1_800_000),
    to: NOW,
    step: 1_800_000,
  });
  const within: Part = { kind: 'created', within: HOUR };
  expect(shownRange([within], '30d', NOW).step).toBe(60_000);
});

test('a press on a bar asks for what was created in it and for nothing else of creation', () => {
  const state: Part = { kind: 'state', not: false, states: ['FAILED'] };
  const from = Date.parse('2026-03-04T12:00:00Z');
  const next = narrowed([state, { kind: 'created', within: HOUR }], from, from + HOUR);
  expect(next).toEqual([
    state,
    { kind: 'created', compare: 'gte', at: '2026-03-04T12:00:00Z' },
    { kind: 'created', compare: 'lt', at: '2026-03-04T13:00:00Z' },
  ]);
  expect(shownRange(next as Part[], '24h', NOW)).toEqual({ from, to: NOW, step: 60_000 });
});
