/** Reading a JSON Schema along a path, with alternatives narrowed by what is already written. */

export type Schema = { readonly [keyword: string]: unknown };

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const propertiesOf = (schema: Schema): Schema =>
  isSchema(schema.properties) ? schema.properties : {};

function resolve(root: Schema, ref: string): Schema | null {
  let at: unknown = root;
  for (const part of ref.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at = isSchema(at) ? at[decodeURIComponent(key)] : undefined;
  }
  return isSchema(at) ? at : null;
}

/** What a keyword allows as whole values. */
export const fixedValues = (schema: Schema): readonly unknown[] =>
  'const' in schema ? [schema.const] : asList(schema.enum);

/** False when a key that is already written says that this alternative is not meant. */
function fits(root: Schema, schema: Schema, data: unknown): boolean {
  if (!isSchema(data)) return true;
  return flat(root, schema, data, 0).every((part) =>
    Object.entries(propertiesOf(part)).every(([key, property]) => {
      const written = data[key];
      if (written === undefined || written === null || !isSchema(property)) return true;
      const fixed = fixedValues(property);
      return fixed.length === 0 || fixed.includes(written);
    }),
  );
}

/** Whether what is already written meets the condition of an `if`. */
function meets(condition: unknown, data: unknown): boolean {
  if (!isSchema(condition) || !isSchema(data)) return false;
  return Object.entries(propertiesOf(condition)).every(
    ([key, property]) => isSchema(property) && fixedValues(property).includes(data[key]),
  );
}

/** The schema with what it refers to and what it is joined from, alternatives left aside. */
function flat(root: Schema, schema: Schema, data: unknown, depth: number): Schema[] {
  if (depth > 8) return [];
  const referred = typeof schema.$ref === 'string' ? resolve(root, schema.$ref) : null;
  const chosen = meets(schema.if, data) ? schema.then : schema.else;
  const joined = [referred, chosen, ...asList(schema.allOf)].filter(isSchema);
  return [schema, ...joined.flatMap((each) => flat(root, each, data, depth + 1))];
}

/** Every schema that holds for a value here, given what of it is already written. */
export function holding(root: Schema, schema: Schema, data: unknown, depth = 0): Schema[] {
  if (depth > 8) return [];
  const parts = flat(root, schema, data, 0);
  const alternatives = parts
    .flatMap((part) => [...asList(part.oneOf), ...asList(part.anyOf)])
    .filter(isSchema);
  const fitting = alternatives.filter((each) => fits(root, each, data));
  return [...parts, ...fitting.flatMap((each) => holding(root, each, data, depth + 1))];
}

function stepInto(schema: Schema, key: string | number): Schema[] {
  if (typeof key === 'number') return isSchema(schema.items) ? [schema.items] : [];
  const own = propertiesOf(schema)[key];
  if (isSchema(own)) return [own];
  return isSchema(schema.additionalProperties) ? [schema.additionalProperties] : [];
}

const childOf = (data: unknown, key: string | number): unknown => {
  if (Array.isArray(data)) return data[Number(key)];
  return isSchema(data) ? data[key] : undefined;
};

/** Every schema that holds at the end of `path`. */
export function schemasAt(
  root: Schema,
  path: readonly (string | number)[],
  data: unknown,
): Schema[] {
  let here = holding(root, root, data);
  let value = data;
  for (const key of path) {
    value = childOf(value, key);
    const next = value;
    here = here
      .flatMap((schema) => stepInto(schema, key))
      .flatMap((each) => holding(root, each, next));
  }
  return here;
}

export interface KeyOffer {
  readonly name: string;
  readonly required: boolean;
  readonly kind: string;
  readonly about: string;
}

const firstLine = (text: unknown): string => (typeof text === 'string' ? text : '');

/** The keys that may stand here and are not written yet: those that must be there first. */
export function keysOf(schemas: readonly Schema[], written: readonly string[]): KeyOffer[] {
  const required = new Set(schemas.flatMap((schema) => asList(schema.required)));
  const offers = new Map<string, KeyOffer>();
  for (const schema of schemas) {
    for (const [name, property] of Object.entries(propertiesOf(schema))) {
      if (written.includes(name) || offers.has(name) || !isSchema(property)) continue;
      if (property.deprecated === true) continue;
      offers.set(name, {
        name,
        required: required.has(name),
        kind: typeof property.type === 'string' ? property.type : '',
        about: firstLine(property.description ?? property.title),
      });
    }
  }
  return [...offers.values()].sort((a, b) => Number(b.required) - Number(a.required));
}

/** The whole values that may stand here, with what is said of each. */
export function valuesOf(
  root: Schema,
  schemas: readonly Schema[],
): { value: string; about: string }[] {
  const defined = isSchema(root.$defs) ? root.$defs : {};
  const found = new Map<string, string>();
  for (const schema of schemas) {
    const values = schema.type === 'boolean' ? [true, false] : fixedValues(schema);
    for (const value of [...values, ...asList(schema.examples)]) {
      if (typeof value === 'object') continue;
      const text = String(value);
      const own = defined[text];
      const told = isSchema(own) ? own : schema;
      if (!found.get(text)) found.set(text, firstLine(told.title ?? told.description));
    }
  }
  return [...found].map(([value, about]) => ({ value, about }));
}
