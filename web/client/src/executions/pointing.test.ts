import { beforeEach, expect, test, vi } from 'vitest';
import { LEFT_LYING_MS, Pointing } from './pointing';

let said: boolean[];
let pointing: Pointing;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  pointing = new Pointing((over) => said.push(over));
  return () => vi.useRealTimers();
});

test('a pointer is over the rows from its first move until it leaves', () => {
  pointing.moved();
  pointing.moved();
  pointing.gone();
  pointing.gone();
  expect(said).toEqual([true, false]);
});

test('a pointer that was left lying holds nothing up, until it moves again', () => {
  pointing.moved();
  vi.advanceTimersByTime(LEFT_LYING_MS - 1);
  pointing.moved();
  vi.advanceTimersByTime(LEFT_LYING_MS - 1);
  expect(said).toEqual([true]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([true, false]);
  pointing.moved();
  expect(said).toEqual([true, false, true]);
});
