/** The values of a flow's inputs: what a form shows at first, and what its text means. */
import type { InputFactsFragment } from '../gql/graphql';

/** An input, or a part of one: of a form, an object or a table. */
export interface FlowInput extends InputFactsFragment {
  readonly dependsOn?: readonly string[];
  readonly condition?: string | null;
  readonly parts?: readonly FlowInput[];
}

/** What a field of the form holds. */
export type Held = string | boolean | readonly string[] | File | Parts | readonly Parts[] | null;

/** What the fields of a group or of a row hold, by their ids. */
export interface Parts {
  readonly [id: string]: Held;
}

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
  | 'secret'
  | 'group'
  | 'rows';

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
  FORM: 'group',
  OBJECT: 'group',
  TABLE: 'rows',
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
  if (widget === 'group') return startingParts(input, value);
  if (widget === 'rows') return startingRows(input, value);
  if (widget === 'switch')
    return value === true || value === 'true'
      ? true
      : value === false || value === 'false'
        ? false
        : null;
  if (widget === 'choices') return Array.isArray(value) ? value.map(String) : [];
  if (widget === 'moment') return written(value).slice(0, 16);
  if (widget === 'choice' && value === undefined && rule(input, 'autoSelectFirst') === true)
    return valuesOf(input)[0] ?? '';
  return written(value);
}

/** The fields of a group begin with the group's own default, where it has one. */
export function startingParts(input: FlowInput, before: unknown): Parts {
  const given = isMap(before) ? before : {};
  return Object.fromEntries(
    (input.parts ?? []).map((part) => [part.id, startingValue(part, given[part.id])]),
  );
}

/** A table that must be filled begins with the rows it needs at least, to be filled. */
function startingRows(input: FlowInput, before: unknown): readonly Parts[] {
  if (Array.isArray(before)) return before.map((row) => startingParts(input, row));
  const least = input.required ? Math.max(1, rowLimits(input).min) : 0;
  return Array.from({ length: least }, () => startingParts(input, undefined));
}

/** How many rows a table takes. */
export function rowLimits(input: FlowInput): { readonly min: number; readonly max: number } {
  const limits = rule(input, 'rows');
  const { min, max } = isMap(limits) ? limits : {};
  return {
    min: typeof min === 'number' ? min : 0,
    max: typeof max === 'number' ? max : Number.POSITIVE_INFINITY,
  };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof File);

export const partsOf = (held: Held): Parts => (isMap(held) ? (held as Parts) : {});
export const rowsOf = (held: Held): readonly Parts[] =>
  Array.isArray(held) ? (held as readonly Parts[]) : [];

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

/** The whole form, or the fields of a group. Every problem is told at once. */
export function readForm(declared: readonly FlowInput[], held: Parts, within = ''): Reading {
  const inputs: Record<string, unknown> = {};
  const files: { input: string; file: File }[] = [];
  const problems: Record<string, string> = {};
  for (const input of declared) {
    const value = held[input.id] ?? null;
    const id = within + input.id;
    const inner = readInner(input, value, id);
    if (inner !== null) {
      if (inner.value !== undefined) inputs[input.id] = inner.value;
      files.push(...inner.files);
      Object.assign(problems, inner.problems);
      continue;
    }
    const found = read(input, value);
    if (found === 'absent') continue;
    if ('problem' in found) problems[id] = found.problem;
    else if (found.value instanceof File) files.push({ input: id, file: found.value });
    else inputs[input.id] = found.value;
  }
  return { inputs, files, problems };
}

interface Inner extends Omit<Reading, 'inputs'> {
  /** Nothing when nothing was filled in and nothing is needed. */
  readonly value?: unknown;
}

/** A group or a table, with its fields; null for what has none. */
function readInner(input: FlowInput, held: Held, id: string): Inner | null {
  const widget = widgetOf(input);
  if (widget === 'group') {
    if (!input.required && isBlank(held)) return NOTHING;
    const { inputs, ...rest } = readForm(input.parts ?? [], partsOf(held), `${id}.`);
    return { ...rest, value: inputs };
  }
  if (widget !== 'rows') return null;
  const rows = rowsOf(held);
  if (rows.length === 0 && !input.required) return NOTHING;
  const read = rows.map((row, at) => readForm(input.parts ?? [], row, `${id}.${at}.`));
  const { min, max } = rowLimits(input);
  const count =
    rows.length < min
      ? { [id]: `At least ${min} rows are wanted.` }
      : rows.length > max
        ? { [id]: `At most ${max} rows are wanted.` }
        : {};
  return {
    value: read.map(({ inputs }) => inputs),
    files: read.flatMap(({ files }) => files),
    problems: Object.assign(count, ...read.map(({ problems }) => problems)),
  };
}

const NOTHING: Inner = { files: [], problems: {} };

function isBlank(held: Held): boolean {
  if (held === null || held === '') return true;
  if (Array.isArray(held)) return held.length === 0;
  return isMap(held) && Object.values(held as Parts).every(isBlank);
}
