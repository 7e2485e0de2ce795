import { expect, test } from 'vitest';
import { outputRows } from './outputTree';

const value = { code: 0, files: ['a.csv', { 'odd key': null }], ok: true, empty: {} };

test('closed, a tree shows its first level', () => {
  expect(outputRows(value, () => false).map(({ key, kind, text }) => [key, kind, text])).toEqual([
    ['code', 'number', '0'],
    ['files', 'list', '2 values'],
    ['ok', 'boolean', 'true'],
    ['empty', 'map', '0 keys'],
  ]);
});

test('each value knows the path an expression would write', () => {
  expect(outputRows(value, () => true).map(({ path }) => path)).toEqual([
    'code',
    'files',
    'files[0]',
    'files[1]',
    "files[1]['odd key']",
    'ok',
    'empty',
  ]);
});

test('what is empty does not open', () => {
  expect(outputRows(value, () => true).find(({ key }) => key === 'empty')?.holds).toBe(false);
});

test('a list of thousands shows its beginning and says how many follow', () => {
  const rows = outputRows({ list: Array.from({ length: 5000 }, (_, at) => at) }, () => true);
  expect(rows.length).toBeLessThan(250);
  expect(rows.at(-1)?.text).toBe('4800 more');
});

test('a value that holds nothing has no rows', () => {
  expect(outputRows(null, () => true)).toEqual([]);
  expect(outputRows('text', () => true)).toEqual([]);
});
