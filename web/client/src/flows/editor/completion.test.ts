import { describe, expect, test } from 'vitest';
import { placeAt } from './place';
import { keysOf, type Schema, schemasAt, valuesOf } from './schema';

const SCHEMA: Schema = {
  type: 'object',
  required: ['id', 'tasks'],
  properties: {
    id: { type: 'string', description: 'The name of the flow.' },
    disabled: { type: 'boolean' },
    tasks: { type: 'array', items: { $ref: '#/$defs/task' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
  $defs: {
    task: { oneOf: [{ $ref: '#/$defs/Return' }, { $ref: '#/$defs/Sequential' }] },
    named: { properties: { id: { type: 'string' } }, required: ['id', 'type'] },
    Return: {
      title: 'Yield a text',
      allOf: [{ $ref: '#/$defs/named' }],
      properties: { type: { const: 'core.Return' }, format: { type: 'string' } },
    },
    Sequential: {
      allOf: [{ $ref: '#/$defs/named' }],
      properties: {
        type: { const: 'core.Sequential' },
        tasks: { type: 'array', items: { $ref: '#/$defs/task' } },
        mode: { enum: ['FAST', 'SAFE'] },
      },
    },
  },
};

/** What is offered where the text has its bar. */
function offered(text: string): string[] {
  const position = text.indexOf('|');
  const place = placeAt(text.replace('|', ''), position);
  if (!place) return [];
  const schemas = schemasAt(SCHEMA, place.path, place.data);
  return place.slot === 'key'
    ? keysOf(schemas, place.siblings).map(({ name }) => name)
    : valuesOf(SCHEMA, schemas).map(({ value }) => value);
}

describe('keys', () => {
  test('at the top, those that must be there first, those written left out', () => {
    expect(offered('|')).toEqual(['id', 'tasks', 'disabled', 'labels']);
    expect(offered('id: a\n|\n')).toEqual(['tasks', 'disabled', 'labels']);
    expect(offered('id: a\nta|\n')).toContain('tasks');
  });

  test('of a task are those of the type that is already written', () => {
    const text = (type: string) => `id: a\ntasks:\n  - id: one\n    type: ${type}\n    |\n`;
    expect(offered(text('core.Return'))).toEqual(['format']);
    expect(offered(text('core.Sequential'))).toEqual(['tasks', 'mode']);
  });

  test('of a task without a type are those of every type', () => {
    expect(offered('tasks:\n  - |\n').sort()).toEqual(['format', 'id', 'mode', 'tasks', 'type']);
  });

  test('are found however deep', () => {
    const text =
      'tasks:\n  - id: a\n    type: core.Sequential\n    tasks:\n      - id: b\n        type: core.Return\n        |\nlabels:\n  x: y\n';
    expect(offered(text)).toEqual(['format']);
  });
});

describe('values', () => {
  test('of a type are the types', () => {
    expect(offered('tasks:\n  - id: a\n    type: |\n')).toEqual(['core.Return', 'core.Sequential']);
    expect(offered('tasks:\n  - type: core.R|\n')).toContain('core.Return');
  });

  test('of an enumeration and of a boolean', () => {
    expect(offered('tasks:\n  - type: core.Sequential\n    mode: |\n')).toEqual(['FAST', 'SAFE']);
    expect(offered('disabled: |\n')).toEqual(['true', 'false']);
  });
});

test('what holds only for a type is offered once that type is written', () => {
  const schema: Schema = {
    properties: { type: { enum: ['a', 'b'] } },
    allOf: [
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      { if: { properties: { type: { const: 'a' } } }, then: { properties: { forA: {} } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      { if: { properties: { type: { const: 'b' } } }, then: { properties: { forB: {} } } },
    ],
  };
  const keys = (data: unknown) =>
    keysOf(schemasAt(schema, [], data), ['type']).map(({ name }) => name);
  expect(keys({ type: 'a' })).toEqual(['forA']);
  expect(keys({ type: null })).toEqual([]);
});

test('nothing is offered in the middle of a finished value', () => {
  expect(offered('id: a b |\n')).toEqual([]);
});
