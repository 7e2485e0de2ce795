import { expect, test } from 'vitest';
import { run } from '../live/scripted';
import { folded, moments } from './fold';

const turns = ['SUCCESS', 'FAILED', 'RUNNING'].map((state, iteration) =>
  run(`turn-${iteration}`, {
    taskId: 'turn',
    iteration,
    state: state as 'SUCCESS',
    problem: state === 'FAILED' ? 'no route to host' : null,
    history: [
      { state: 'CREATED', at: iteration },
      { state: 'RUNNING', at: 10 + iteration },
      ...(state === 'RUNNING' ? [] : [{ state: state as 'SUCCESS', at: 20 + iteration }]),
    ],
  }),
);

test('the runs of a task are counted by state and the failure is what shows', () => {
  const task = folded(turns, null).get('turn');
  expect(task).toMatchObject({ state: 'FAILED', total: 3, ended: 2, from: 0, to: null });
  expect(task?.runId).toBe('turn-1');
  expect(task?.problem).toBe('no route to host');
  expect([...(task?.counts ?? [])]).toEqual([
    ['SUCCESS', 1],
    ['FAILED', 1],
    ['RUNNING', 1],
  ]);
});

test('a moment of the past shows what was then', () => {
  expect(folded(turns, 12).get('turn')).toMatchObject({ state: 'RUNNING', total: 3, ended: 0 });
  expect(folded(turns, 1).get('turn')).toMatchObject({ state: 'CREATED', total: 2 });
  expect(folded(turns, -1).size).toBe(0);
});

test('moments are in order and each once', () => {
  expect(moments(turns)).toEqual([0, 1, 2, 10, 11, 12, 20, 21]);
});
