import { expect, test } from 'vitest';
import { STATES, type State } from '../states/states';
import { grouped, mostTelling } from './groups';
import { run } from './scripted';

test('one failure among many tells more than all the rest', () => {
  expect(mostTelling(['SUCCESS', 'RUNNING', 'FAILED', 'SKIPPED'])).toBe('FAILED');
  expect(mostTelling([])).toBeNull();
});

test('work under way tells more than work done', () => {
  expect(mostTelling(['SUCCESS', 'RUNNING', 'CREATED'])).toBe('RUNNING');
});

test('every state has its rank', () => {
  for (const state of Object.keys(STATES) as State[])
    expect(mostTelling(['SKIPPED', state])).toBe(state);
});

test('a group goes on until its last member has ended', () => {
  const done = run('a', {
    state: 'SUCCESS',
    history: [
      { state: 'CREATED', at: 3 },
      { state: 'SUCCESS', at: 9 },
    ],
  });
  expect(grouped([done])).toEqual({ state: 'SUCCESS', from: 3, to: 9 });
  expect(grouped([done, run('b')])).toEqual({ state: 'RUNNING', from: 0, to: null });
});
