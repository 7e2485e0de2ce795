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
