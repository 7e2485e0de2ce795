import { expect, test } from 'vitest';
import type { RunRecord } from '../live/records';
import { run } from '../live/scripted';
import { criticalPath } from './criticalPath';

const ran = (id: string, from: number, to: number, over: Partial<RunRecord> = {}): RunRecord =>
  run(id, {
    state: 'SUCCESS',
    history: [
      { state: 'CREATED', at: from },
      { state: 'RUNNING', at: from },
      { state: 'SUCCESS', at: to },
    ],
    ...over,
  });

test('a sequence is all critical', () => {
  expect(criticalPath([ran('a', 0, 10), ran('b', 10, 30), ran('c', 31, 40)], 99)).toEqual([
    'a',
    'b',
    'c',
  ]);
});

test('of parallel branches the one that ended last counts', () => {
  const runs = [
    ran('first', 0, 10),
    ran('both', 10, 60),
    ran('short', 10, 20, { parentId: 'both' }),
    ran('long', 10, 60, { parentId: 'both' }),
    ran('last', 60, 70),
  ];
  expect(criticalPath(runs, 99)).toEqual(['first', 'long', 'last']);
});

test('a loop with two slots is followed through the turns that held the slot', () => {
  const turns = [ran('t1', 0, 10), ran('t2', 0, 25), ran('t3', 10, 30), ran('t4', 25, 50)].map(
    (each) => ({ ...each, parentId: 'loop' }),
  );
  expect(criticalPath([ran('loop', 0, 50), ...turns], 99)).toEqual(['t2', 't4']);
});

test('what still runs ends now', () => {
  const running = run('b', { history: [{ state: 'RUNNING', at: 10 }] });
  expect(criticalPath([ran('a', 0, 10), ran('other', 0, 40), running], 50)).toEqual(['a', 'b']);
});

test('skipped runs and runs without a known parent do no harm', () => {
  const skipped = run('s', { state: 'SKIPPED', history: [{ state: 'SKIPPED', at: 90 }] });
  expect(criticalPath([ran('a', 0, 10, { parentId: 'unknown' }), skipped], 99)).toEqual(['a']);
  expect(criticalPath([], 99)).toEqual([]);
});

test('runs of no length do not send the search in a circle', () => {
  const instant = Array.from({ length: 50 }, (_, index) => ran(`r${index}`, 5, 5));
  expect(criticalPath(instant, 9)).toHaveLength(50);
});
