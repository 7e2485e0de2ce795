import { expect, test } from 'vitest';
import { endedAt, instant, startedAt } from './records';
import { run } from './scripted';

test('an instant keeps its microseconds', () => {
  expect(instant('2026-01-01T00:00:00.123456Z') - instant('2026-01-01T00:00:00.123Z')).toBeCloseTo(
    0.456,
    3,
  );
  expect(instant('2026-01-01T00:00:00Z')).toBe(Date.UTC(2026, 0, 1));
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
