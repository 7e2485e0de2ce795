import { expect, test } from 'vitest';
import type { LogLevel, LogLine } from '../live/logs';
import { indexesOf, isLevel, mapOf, step } from './marks';

const lines = (levels: readonly LogLevel[]): LogLine[] =>
  levels.map((level, at) => ({
    id: String(at),
    at,
    level,
    message: '',
    taskRunId: null,
    taskId: null,
    attempt: null,
  }));

test('the navigator goes from error to error and round at the ends', () => {
  const errors = indexesOf(lines(['INFO', 'ERROR', 'INFO', 'ERROR']), 'ERROR');
  expect(errors).toEqual([1, 3]);
  expect(step(errors, -1, true)).toBe(1);
  expect(step(errors, 1, true)).toBe(3);
  expect(step(errors, 3, true)).toBe(1);
  expect(step(errors, 1, false)).toBe(3);
  expect(step([], 0, true)).toBeNull();
});

test('the map shows the gravest of each stretch and nothing for quiet ones', () => {
  const marks = mapOf(lines(['INFO', 'WARN', 'ERROR', 'WARN', 'INFO', 'INFO', 'WARN', 'INFO']), 4);
  expect(marks).toEqual([
    { top: 0, level: 'WARN' },
    { top: 0.25, level: 'ERROR' },
    { top: 0.75, level: 'WARN' },
  ]);
  expect(mapOf([], 10)).toEqual([]);
});

test('only the five levels are levels', () => {
  expect(isLevel('WARN')).toBe(true);
  expect(isLevel('WARNING')).toBe(false);
  expect(isLevel(null)).toBe(false);
});
