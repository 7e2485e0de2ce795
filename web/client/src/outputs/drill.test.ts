import { expect, test } from 'vitest';
import { drilled, expression, fromAddress, toAddress } from './drill';

const VALUE = { rows: 42, nested: { list: ['a', { deep: null }] } };
const ROOTS = [{ key: 'tr_1', label: 'talk', value: VALUE }];

test('a column opens for each chosen map or list, none for a plain value', () => {
  expect(drilled(ROOTS, []).columns).toHaveLength(1);
  expect(drilled(ROOTS, ['tr_1', 'nested', 'list']).columns).toHaveLength(4);
  const plain = drilled(ROOTS, ['tr_1', 'rows']);
  expect(plain.columns).toHaveLength(2);
  expect(plain.leaf?.value).toBe(42);
});

test('what is gone ends the way there', () => {
  const found = drilled(ROOTS, ['tr_1', 'gone', 'more']);
  expect(found.leaf?.key).toBe('tr_1');
  expect(found.columns).toHaveLength(2);
});

test('the way to a value is an expression', () => {
  expect(expression(VALUE, ['nested', 'list', '1', 'deep'])).toBe('nested.list[1].deep');
});

test('a way survives the address, whatever the keys hold', () => {
  const path = ['tr_1', 'a/b', '100 %'];
  expect(fromAddress(toAddress(path))).toEqual(path);
  expect(toAddress([])).toBeNull();
});
