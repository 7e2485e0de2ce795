/** The values of a flow's inputs: what a form shows at first, and what its text means. */
import type { InputForFormFragment } from '../gql/graphql';

export type FlowInput = InputForFormFragment;

/** What a field of the form holds. */
export type Held = string | boolean | readonly string[] | File | null;

export type Read = { readonly value: unknown } | { readonly problem: string } | 'absent';

export type Widget =
  | 'text'
  | 'number'
  | 'switch'
  | 'choice'
  | 'choices'
  | 'file'
  | 'block'
  | 'moment'
  | 'date'
  | 'time'
  | 'secret';

const WIDGETS: Partial<Record<FlowInput['type'], Widget>> = {
  INT: 'number',
  FLOAT: 'number',
  BOOL: 'switch',
  SELECT: 'choice',
  MULTISELECT: 'choices',
  DATETIME: 'moment',
  DATE: 'date',
  TIME: 'time',
  FILE: 'file',
  SECRET: 'secret',
  JSON: 'block',
  YAML: 'block',
  ION: 'block',
  ARRAY: 'block',
  FORM: 'block',
  TABLE: 'block',
};

/** How an input is asked for. A choice without known values is typed. */
export function widgetOf(input: FlowInput): Widget {
  const widget = WIDGETS[input.type] ?? 'text';
  return widget === 'choice' && valuesOf(input).length === 0 ? 'text' : widget;
}

/** What is particular to the input's type, by name. */
export function rule(input: FlowInput, name: string): unknown {
  const { rules } = input;
  return typeof rules === 'object' && rules !== null
    ? (rules as Record<string, unknown>)[name]
    : undefined;
}

export function valuesOf(input: FlowInput): readonly string[] {
  const values = rule(input, 'values') ?? rule(input, 'options');
  return Array.isArray(values) ? values.map(String) : [];
}

const isExpression = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}

/** The value a field begins with: what is given from before, else the flow's default. Defaults that are expressions are left to the server. */
export function startingValue(input: FlowInput, before: unknown): Held {
  const value =
    before ?? input.prefill ?? (isExpression(input.defaults) ? undefined : input.defaults);
  const widget = widgetOf(input);
  if (widget === 'file') return null;
  if (widget === 'switch')
    return value === true || value === 'true'
      ? true
      : value === false || value === 'false'
        ? false
        : null;
  if (widget === 'choices') return Array.isArray(value) ? value.map(String) : [];
  if (widget === 'moment') return written(value).slice(0, 16);
  return written(value);
}

const absent = (input: FlowInput): Read =>
  input.required && (input.defaults === null || input.defaults === undefined)
    ? { problem: 'The flow cannot start without it.' }
    : 'absent';

function readNumber(input: FlowInput, text: string): Read {
  const value = Number(text);
  if (Number.isNaN(value)) return { problem: `“${text}” is no number.` };
  if (input.type === 'INT' && !Number.isInteger(value))
    return { problem: 'A whole number is wanted.' };
  const [min, max] = [rule(input, 'min'), rule(input, 'max')];
  if (typeof min === 'number' && value < min) return { problem: `At least ${min} is wanted.` };
  if (typeof max === 'number' && value > max) return { problem: `At most ${max} is wanted.` };
  return { value };
}

function readBlock(input: FlowInput, text: string): Read {
  if (input.type === 'YAML' || input.type === 'ION') return { value: text };
  try {
    const value: unknown = JSON.parse(text);
    if (input.type === 'ARRAY' && !Array.isArray(value))
      return { problem: 'A list is wanted, such as ["a", "b"].' };
    return { value };
  } catch (error) {
    return { problem: `This is no JSON: ${error instanceof Error ? error.message : ''}` };
  }
}

/** What a field means: a value for the API, nothing, or what is wrong with it. */
export function read(input: FlowInput, held: Held): Read {
  if (held === null || held === '' || (Array.isArray(held) && held.length === 0))
    return absent(input);
  if (typeof held !== 'string') return { value: held };
  switch (widgetOf(input)) {
    case 'number':
      return readNumber(input, held);
    case 'block':
      return readBlock(input, held);
    case 'moment':
      return { value: new Date(held).toISOString() };
    default:
      return { value: held };
  }
}

export interface Reading {
  readonly inputs: Record<string, unknown>;
  readonly files: readonly { readonly input: string; readonly file: File }[];
  /** By the input's id; empty when all can be sent. */
  readonly problems: Readonly<Record<string, string>>;
}

/** The whole form. Every problem is told at once. */
export function readForm(
  declared: readonly FlowInput[],
  held: Readonly<Record<string, Held>>,
): Reading {
  const inputs: Record<string, unknown> = {};
  const files: { input: string; file: File }[] = [];
  const problems: Record<string, string> = {};
  for (const input of declared) {
    const found = read(input, held[input.id] ?? null);
    if (found === 'absent') continue;
    if ('problem' in found) problems[input.id] = found.problem;
    else if (found.value instanceof File) files.push({ input: input.id, file: found.value });
    else inputs[input.id] = found.value;
  }
  return { inputs, files, problems };
}
