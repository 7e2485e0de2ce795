import { expect, test } from 'vitest';
import type { RunRecord } from '../live/records';
import { run } from '../live/scripted';
import { type Branch, everyRun, inOrder, MANY_VALUES, Outline, opensByItself } from './outline';

const grown = (runs: readonly RunRecord[], outline = new Outline()): Outline => {
  outline.grow(new Map(runs.map((each) => [each.id, each])), inOrder(runs));
  return outline;
};
const drawn = (outline: Outline, isOpen: (branch: Branch) => boolean = () => true): string[] =>
  outline.visible(isOpen).map((row) => `${'  '.repeat(row.depth)}${row.runId ?? `[${row.value}]`}`);

const turn = (task: string, value: string, iteration: number): RunRecord =>
  run(`${task}-${value}`, { taskId: task, parentId: 'loop', value, iteration });

test('a loop of one task shows its runs without a row between', () => {
  expect(drawn(grown([run('loop'), turn('a', 'x', 0), turn('a', 'y', 1)]))).toEqual([
    'loop',
    '  a-x',
    '  a-y',
  ]);
});

test('a loop of several tasks has a row for each value', () => {
  const outline = grown([run('loop'), turn('a', 'x', 0), turn('b', 'x', 0), turn('a', 'y', 1)]);
  expect(drawn(outline)).toEqual(['loop', '  [x]', '    a-x', '    b-x', '  [y]', '    a-y']);
});

test('rows move under their value when a second task appears', () => {
  const first = [run('loop'), turn('a', 'x', 0), turn('a', 'y', 1)];
  const outline = grown(first);
  const all = [...first, turn('b', 'y', 1)];
  grown(all, outline);
  expect(drawn(outline)).toEqual(['loop', '  [x]', '    a-x', '  [y]', '    a-y', '    b-y']);
  expect(outline.find('a-x')?.depth).toBe(2);
});

test('a task inside a container inside a loop opens no second value row', () => {
  const inner = run('inner', { parentId: 'seq-x', value: 'x', iteration: 0 });
  const outline = grown([run('loop'), turn('seq', 'x', 0), turn('log', 'x', 0), inner]);
  expect(drawn(outline)).toEqual(['loop', '  [x]', '    seq-x', '      inner', '    log-x']);
});

test('a child known before its parent finds its place', () => {
  const child = run('child', { parentId: 'parent', history: [{ state: 'CREATED', at: -1 }] });
  expect(drawn(grown([child, run('parent')]))).toEqual(['parent', '  child']);
});

test('what is inside a closed row is not shown', () => {
  const outline = grown([run('loop'), turn('a', 'x', 0)]);
  expect(drawn(outline, () => false)).toEqual(['loop']);
});

test('the values of a large loop are closed, those of a small one open', () => {
  const values = (count: number): RunRecord[] =>
    Array.from({ length: count }, (_, index) => [
      turn('a', String(index), index),
      turn('b', String(index), index),
    ]).flat();
  const rows = (count: number): number =>
    grown([run('loop'), ...values(count)]).visible(opensByItself).length;
  expect(rows(3)).toBe(1 + 3 + 6);
  expect(rows(MANY_VALUES + 1)).toBe(1 + MANY_VALUES + 1);
});

test('every run is listed once, in the order of the rows', () => {
  const outline = grown([run('loop'), turn('a', 'x', 0), turn('b', 'x', 0), run('end')]);
  expect(everyRun(outline.roots)).toEqual(['loop', 'a-x', 'b-x', 'end']);
});
