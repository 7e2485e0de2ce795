import { beforeEach, expect, test, vi } from 'vitest';
import { paced } from './pace';

let calls: number;

beforeEach(() => {
  vi.useFakeTimers();
  calls = 0;
  return () => vi.useRealTimers();
});

test('what is asked for in a hurry happens at once, then once a stretch, and the last time is not lost', () => {
  const { ask } = paced(() => {
    calls += 1;
  }, 250);
  for (let asked = 0; asked < 5; asked += 1) ask();
  expect(calls).toBe(1);
  vi.advanceTimersByTime(250);
  expect(calls).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(calls).toBe(2);
  ask();
  expect(calls).toBe(3);
});

test('what was stopped is not called any more', () => {
  const { ask, stop } = paced(() => {
    calls += 1;
  }, 250);
  ask();
  ask();
  stop();
  vi.advanceTimersByTime(1000);
  expect(calls).toBe(1);
});
