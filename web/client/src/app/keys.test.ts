import { expect, test } from 'vitest';
import { keyName } from './keys';
import { withParams } from './urlState';

const pressed = (key: string, ctrlKey = false, metaKey = false) =>
  keyName({ key, ctrlKey, metaKey });

test('a key is called the same with Ctrl and with the command key', () => {
  expect(pressed('s', true)).toBe('Ctrl+S');
  expect(pressed('s', false, true)).toBe('Ctrl+S');
  expect(pressed('Enter', true)).toBe('Ctrl+Enter');
  expect(pressed('j')).toBe('j');
});

test('a key of the address is written without touching the others', () => {
  expect(withParams('?a=1&b=2', { b: '3' })).toBe('?a=1&b=3');
  expect(withParams('?a=1&b=2', { b: null })).toBe('?a=1');
  expect(withParams('?a=1', { a: '' })).toBe('');
});
