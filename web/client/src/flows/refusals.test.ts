import { expect, test } from 'vitest';
import type { FlowInput } from './inputs';
import { refusals } from './refusals';

const COUNT = { id: 'count', type: 'INT' } as FlowInput;

test('an error stands at the field it names, the others above the form', () => {
  const found = refusals(
    [COUNT],
    [
      { message: 'Too many.', path: ['inputs', 'count'] },
      { message: 'It has ended.', path: null },
      { message: 'Try again.' },
    ],
  );
  expect(found.problems).toEqual({ count: 'Too many.' });
  expect(found.general).toBe('It has ended. Try again.');
});
