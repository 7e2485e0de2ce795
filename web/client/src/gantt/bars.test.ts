import { describe, expect, test } from 'vitest';
import { run } from '../live/scripted';
import type { State } from '../states/states';
import { extent, MIN_BAR, place, segments, spent } from './bars';

const history = (...moments: [State, number][]) => ({
  history: moments.map(([state, at]) => ({ state, at })),
  state: moments.at(-1)?.[0] ?? 'CREATED',
});

describe('the segments of a bar', () => {
  test('a run that succeeded waited, then ran in the colour of success', () => {
    const bar = segments(
      run('a', history(['CREATED', 0], ['SUBMITTED', 5], ['RUNNING', 10], ['SUCCESS', 30])),
    );
    expect(bar.map(({ kind, state, from, to }) => [kind, state, from, to])).toEqual([
      ['waiting', 'CREATED', 0, 5],
      ['waiting', 'SUBMITTED', 5, 10],
      ['running', 'SUCCESS', 10, 30],
    ]);
  });

  test('a run that runs has an open end', () => {
    const bar = segments(run('a', history(['CREATED', 0], ['RUNNING', 10])));
    expect(bar.at(-1)).toMatchObject({ kind: 'running', state: 'RUNNING', from: 10, to: null });
  });

  test('each attempt has its number, and past ones are ghosts', () => {
    const bar = segments(
      run(
        'a',
        history(['CREATED', 0], ['RUNNING', 1], ['RETRYING', 5], ['RUNNING', 9], ['SUCCESS', 12]),
      ),
    );
    expect(
      bar
        .filter((segment) => segment.kind === 'running')
        .map(({ attempt, past, state }) => [attempt, past, state]),
    ).toEqual([
      [1, true, 'FAILED'],
      [2, false, 'SUCCESS'],
    ]);
    expect(bar.find((segment) => segment.kind === 'backoff')).toMatchObject({
      from: 5,
      to: 9,
      state: 'RETRYING',
    });
  });

  test('between a failure and its restart there is nothing', () => {
    const bar = segments(
      run('a', history(['RUNNING', 0], ['FAILED', 5], ['RESTARTED', 50], ['RUNNING', 51])),
    );
    expect(bar.map(({ kind, state, from, to }) => [kind, state, from, to])).toEqual([
      ['running', 'FAILED', 0, 5],
      ['waiting', 'RESTARTED', 50, 51],
      ['running', 'RUNNING', 51, null],
    ]);
  });

  test('a pause lies between two running parts', () => {
    const bar = segments(
      run('a', history(['RUNNING', 0], ['PAUSED', 5], ['RUNNING', 20], ['SUCCESS', 25])),
    );
    expect(bar.map((segment) => segment.kind)).toEqual(['running', 'paused', 'running']);
    expect(bar[0]).toMatchObject({ state: 'RUNNING', past: false });
  });

  test('a killed run shows where it was being killed', () => {
    const bar = segments(run('a', history(['RUNNING', 0], ['KILLING', 5], ['KILLED', 8])));
    expect(bar.map(({ kind, state }) => [kind, state])).toEqual([
      ['running', 'KILLED'],
      ['ending', 'KILLED'],
    ]);
  });

  test('a skipped run has no running part', () => {
    expect(segments(run('a', history(['CREATED', 3], ['SKIPPED', 3])))).toEqual([]);
  });
});

test('time spent adds up to the whole', () => {
  const each = spent(
    run('a', history(['CREATED', 0], ['RUNNING', 10], ['PAUSED', 30], ['RUNNING', 100])),
    150,
  );
  expect(each).toEqual({ total: 150, waiting: 10, running: 70, paused: 70 });
});

test('an ended run reaches to its end and a running one to now', () => {
  expect(extent(run('a', history(['CREATED', 2], ['RUNNING', 3], ['SUCCESS', 9])), 50)).toEqual({
    from: 2,
    to: 9,
  });
  expect(extent(run('a', history(['CREATED', 2], ['RUNNING', 3])), 50)).toEqual({
    from: 2,
    to: 50,
  });
});

test('a bar of no length can still be seen, and one off the screen is not placed', () => {
  expect(place(10, 10, 1, 0, 100)?.width).toBe(MIN_BAR);
  expect(place(500, 600, 1, 0, 100)).toBeNull();
  const endless = place(-1e9, 1e9, 10, 0, 100);
  expect(endless?.left).toBeGreaterThan(-20);
  expect(endless?.width).toBeLessThan(140);
});
