import { expect, test } from 'vitest';
import { run } from '../live/scripted';
import { lasted, pathOf, placeOf, placesOf } from './before';
import { inOrder, Outline } from './outline';

const history = (from: number, to: number) => [
  { state: 'CREATED' as const, at: from },
  { state: 'RUNNING' as const, at: from + 1 },
  { state: 'SUCCESS' as const, at: to },
];
const loop = run('l', { taskId: 'each', state: 'SUCCESS', history: history(1000, 1900) });
const turn = (id: string, value: string, from: number, to: number) =>
  run(id, {
    taskId: 'fetch',
    parentId: 'l',
    value,
    iteration: Number(value),
    state: 'SUCCESS',
    history: history(from, to),
  });
const byId = (...runs: (typeof loop)[]) => new Map(runs.map((each) => [each.id, each]));

test('the same task at the same value has the same path in every execution', () => {
  const one = byId(loop, turn('a', '1', 1010, 1100), turn('b', '2', 1010, 1200));
  const again = byId({ ...loop, id: 'x' }, { ...turn('y', '2', 5, 9), parentId: 'x' });
  const second = one.get('b');
  const other = again.get('y');
  if (!second || !other) throw new Error('both are there');
  expect(pathOf(second, one)).toBe(pathOf(other, again));
  expect(pathOf(second, one)).not.toBe(pathOf(one.get('a') ?? loop, one));
});

test('places are told from the creation of their execution', () => {
  const runs = byId(loop, turn('a', '1', 1010, 1100));
  const places = placesOf(runs.values(), runs, 1000);
  const place = places.get(pathOf(turn('a', '1', 0, 1), runs));
  expect(place).toEqual({ from: 10, to: 100 });
  expect(place && lasted(place)).toBe(90);
});

test('what was skipped or has not ended is nothing to compare with', () => {
  const running = run('r', { taskId: 'r', state: 'RUNNING' });
  const skipped = run('s', { taskId: 's', state: 'SKIPPED', history: history(1, 1) });
  const runs = byId(running, skipped);
  expect(placesOf(runs.values(), runs, 0).size).toBe(0);
});

test('a row of a value reaches from the first beginning inside to the last end', () => {
  const store = { ...turn('c', '1', 1120, 1300), taskId: 'store' };
  const runs = byId(loop, turn('a', '1', 1010, 1100), store);
  const outline = new Outline();
  outline.grow(runs, inOrder(runs.values()));
  const value = outline.roots[0]?.children[0];
  if (!value) throw new Error('the loop has a row for its value');
  const places = placesOf(runs.values(), runs, 1000);
  expect(placeOf(value, runs, places)).toEqual({ from: 10, to: 300 });
});
