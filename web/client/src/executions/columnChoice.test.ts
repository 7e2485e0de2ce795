import { expect, test } from 'vitest';
import { fitting } from './columnChoice';
import type { ColumnName } from './columns';

const ALL: readonly ColumnName[] = [
  'state',
  'id',
  'namespace',
  'flow',
  'labels',
  'started',
  'ended',
  'duration',
  'trigger',
];

test('a wide page shows every chosen column', () => {
  expect(fitting(ALL, 1260)).toEqual(ALL);
});

test('a narrow page lets go of what can be read elsewhere first', () => {
  const some = fitting(ALL, 820);
  expect(some).not.toContain('labels');
  expect(some).toContain('started');
});

test('a telephone keeps the state, the flow and how long it took', () => {
  expect(fitting(ALL, 390)).toEqual(['state', 'flow', 'duration']);
});

test('a column that was added by hand stays', () => {
  expect(fitting([...ALL, 'inputs'], 360)).toContain('inputs');
});
