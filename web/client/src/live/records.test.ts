import { expect, test } from 'vitest';
import { duration, endedAt, instant, startedAt } from './records';
import { run } from './scripted';

test('an instant keeps its microseconds', () => {
  expect(instant('2026-01-01T00:00:00.123456Z') - instant('2026-01-01T00:00:00.123Z')).toBeCloseTo(
    0.456,
    3,
  );
  expect(instant('2026-01-01T00:00:00Z')).toBe(Date.UTC(2026, 0, 1));
});

test.each([
  ['PT1.5S', 1500],
  ['P1DT2H3M4S', 93_784_000],
  ['-PT2S', -2000],
  ['PT0S', 0],
])('the duration %s is %d ms', (text, ms) => {
  expect(duration(text)).toBe(ms);
});

test('what is no duration is not a number', () => {
  expect(duration('soon')).toBeNaN();
});

test('a run that waits has not started and a run that goes on has not ended', () => {
  const waiting = run('a', { state: 'CREATED', history: [{ state: 'CREATED', at: 5 }] });
  expect(startedAt(waiting)).toBeNull();
  expect(endedAt(run('b'))).toBeNull();
  const ended = run('c', {
    state: 'SUCCESS',
    history: [
      { state: 'CREATED', at: 5 },
      { state: 'RUNNING', at: 7 },
      { state: 'SUCCESS', at: 9 },
    ],
  });
  expect([startedAt(ended), endedAt(ended)]).toEqual([7, 9]);
});
