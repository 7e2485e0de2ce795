import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { placeAt } from './place';
import { keysOf, type Schema, schemasAt, valuesOf } from './schema';

const lastName = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

/** Completion of flows by their JSON Schema. */
export function completeBy(schema: () => Promise<Schema | null>) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/[\w.$-]+/);
    if (!typed && !context.explicit) return null;
    const known = await schema();
    if (!known || context.aborted) return null;
    const place = placeAt(context.state.doc.toString(), context.pos);
    if (!place) return null;
    const schemas = schemasAt(known, place.path, place.data);
    const options: Completion[] =
      place.slot === 'key'
        ? keysOf(schemas, place.siblings).map(({ name, required, kind, about }) => ({
            label: name,
            apply: `${name}: `,
            type: required ? 'keyword' : 'property',
            detail: kind,
            info: about || undefined,
            boost: required ? 2 : 0,
          }))
        : valuesOf(known, schemas).map(({ value, about }) => ({
            label: value,
            displayLabel: value.includes('.') ? lastName(value) : value,
            detail: value.includes('.') ? value.slice(0, value.lastIndexOf('.')) : '',
            info: about || undefined,
            type: 'constant',
          }));
    return options.length > 0 ? { from: place.from, options, validFor: /^[\w.$-]*$/ } : null;
  };
}
