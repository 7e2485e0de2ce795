import { expect, test } from 'vitest';
import { run } from '../live/scripted';
import { nextFailed, runOf, siblingsOf } from './runOf';

const runs = new Map(
  [
    run('second', { taskId: 'turn', iteration: 1, state: 'FAILED' }),
    run('first', { taskId: 'turn', iteration: 0 }),
    run('third', { taskId: 'turn', iteration: 2, state: 'FAILED' }),
    run('other'),
  ].map((each) => [each.id, each]),
);

test('a run is found by its id, and by its task the last of its runs', () => {
  expect(runOf(runs, 'first')?.id).toBe('first');
  expect(runOf(runs, 'turn')?.id).toBe('third');
  expect(runOf(runs, 'never')).toBeUndefined();
});

test('the runs of a task stand in the order of the loop', () => {
  expect(siblingsOf(runs, 'turn').map(({ id }) => id)).toEqual(['first', 'second', 'third']);
});

test('the next failure is found, round at the end', () => {
  const turns = siblingsOf(runs, 'turn');
  expect(nextFailed(turns, 0)?.id).toBe('second');
  expect(nextFailed(turns, 2)?.id).toBe('second');
  expect(nextFailed(siblingsOf(runs, 'other'), 0)).toBeNull();
});
