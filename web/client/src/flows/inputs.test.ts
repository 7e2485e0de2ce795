import { expect, test } from 'vitest';
import { type FlowInput, read, readForm, startingValue, widgetOf } from './inputs';

const input = (type: FlowInput['type'], more: Partial<FlowInput> = {}): FlowInput => ({
  id: 'x',
  type,
  required: true,
  defaults: null,
  prefill: null,
  displayName: null,
  description: null,
  dependsOn: [],
  condition: null,
  rules: {},
  ...more,
});

test('each kind of value is read as the API takes it', () => {
  expect(read(input('INT'), '42')).toEqual({ value: 42 });
  expect(read(input('BOOL'), false)).toEqual({ value: false });
  expect(read(input('JSON'), '{"a": [1]}')).toEqual({ value: { a: [1] } });
  expect(read(input('ARRAY'), '[1, 2]')).toEqual({ value: [1, 2] });
  expect(read(input('YAML'), 'a: 1')).toEqual({ value: 'a: 1' });
  expect(read(input('MULTISELECT'), ['a'])).toEqual({ value: ['a'] });
  expect(read(input('DATETIME'), '2026-01-31T12:00')).toHaveProperty('value');
});

test('what cannot be meant is told, with what is wanted', () => {
  expect(read(input('INT'), '4.5')).toHaveProperty('problem');
  expect(read(input('FLOAT'), 'many')).toHaveProperty('problem');
  expect(read(input('INT', { rules: { max: 3 } }), '4')).toEqual({
    problem: 'At most 3 is wanted.',
  });
  expect(read(input('ARRAY'), '{}')).toHaveProperty('problem');
  expect(read(input('JSON'), '{')).toHaveProperty('problem');
});

test('an empty field is a problem only when nothing stands in for it', () => {
  expect(read(input('STRING'), '')).toHaveProperty('problem');
  expect(read(input('STRING', { required: false }), '')).toBe('absent');
  expect(read(input('STRING', { defaults: 'a' }), '')).toBe('absent');
});

test('a form begins with the defaults, and leaves expressions to the server', () => {
  expect(startingValue(input('BOOL', { defaults: true }), undefined)).toBe(true);
  expect(startingValue(input('JSON', { defaults: { a: 1 } }), undefined)).toBe('{\n  "a": 1\n}');
  expect(startingValue(input('STRING', { defaults: '{{ now() }}' }), undefined)).toBe('');
  expect(startingValue(input('STRING', { defaults: 'a' }), 'given before')).toBe('given before');
});

test('all problems of a form come at once, and files apart from values', () => {
  const file = new File(['a'], 'a.txt');
  const form = [
    input('INT', { id: 'n' }),
    input('STRING', { id: 's' }),
    input('FILE', { id: 'f' }),
  ];
  const reading = readForm(form, { n: 'x', s: '', f: file });
  expect(Object.keys(reading.problems)).toEqual(['n', 's']);
  expect(reading.files).toEqual([{ input: 'f', file }]);
});

test('a choice without known values is typed', () => {
  expect(widgetOf(input('SELECT'))).toBe('text');
  expect(widgetOf(input('SELECT', { rules: { values: ['a'] } }))).toBe('choice');
});

const contact = input('FORM', {
  id: 'contact',
  parts: [input('EMAIL', { id: 'email' }), input('BOOL', { id: 'news', defaults: true })],
});
const items = input('TABLE', {
  id: 'items',
  rules: { rows: { min: 1, max: 2 } },
  parts: [input('STRING', { id: 'article' }), input('INT', { id: 'count', defaults: 1 })],
});

test('groups and tables begin with the defaults of their parts', () => {
  expect(startingValue(contact, undefined)).toEqual({ email: '', news: true });
  expect(startingValue(contact, { email: 'a@b.org' })).toEqual({ email: 'a@b.org', news: true });
  expect(startingValue(items, undefined)).toEqual([{ article: '', count: '1' }]);
  expect(startingValue({ ...items, required: false }, undefined)).toEqual([]);
});

test('groups and tables are read as maps and rows, with every problem at its field', () => {
  const held = {
    contact: { email: 'a@b.org', news: false },
    items: [
      { article: 'pen', count: '2' },
      { article: 'ink', count: '' },
    ],
  };
  expect(readForm([contact, items], held)).toEqual({
    inputs: {
      contact: { email: 'a@b.org', news: false },
      items: [{ article: 'pen', count: 2 }, { article: 'ink' }],
    },
    files: [],
    problems: {},
  });
  const wrong = readForm([contact, items], { contact: {}, items: [{ article: '', count: 'x' }] });
  expect(Object.keys(wrong.problems)).toEqual([
    'contact.email',
    'items.0.article',
    'items.0.count',
  ]);
});

test('a table says how many rows it takes, an unneeded group may stay empty', () => {
  const row = { article: 'a', count: '1' };
  expect(readForm([items], { items: [row, row, row] }).problems).toEqual({
    items: 'At most 2 rows are wanted.',
  });
  const unneeded = { ...contact, required: false };
  expect(readForm([unneeded], { contact: { email: '', news: null } })).toEqual({
    inputs: {},
    files: [],
    problems: {},
  });
});
