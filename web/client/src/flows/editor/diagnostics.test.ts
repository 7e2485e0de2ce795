import { Text } from '@codemirror/state';
import { expect, test } from 'vitest';
import { diagnosticsOf } from './diagnostics';

const doc = Text.of(['id: flow', 'tasks:', '  - typo: x']);
const problem = { message: 'Wrong.', hint: 'Mend it.', severity: 'ERROR' } as const;

test('a problem marks the word it begins at', () => {
  const [found] = diagnosticsOf([{ ...problem, line: 3, column: 5 }], doc);
  expect(doc.sliceString(found?.from ?? 0, found?.to)).toBe('typo');
  expect(found?.message).toBe('Wrong. Mend it.');
});

test('a problem beyond the text stays inside it', () => {
  const [found] = diagnosticsOf([{ ...problem, line: 99, column: 99 }], doc);
  expect(found?.to).toBeLessThanOrEqual(doc.length);
});
