import { FIELDS, type Part, parseToken, printPart, type Wrong } from './filter';

/** Keys of the address that are not the filter's. */
const OTHERS = new Set(['after', 'before', 'size', 'order', 'chart']);

/** The filter in the address: one key a field, `q` for the text, `label` for labels; a minus before what is turned round. */
export function toParams(parts: readonly (Part | Wrong)[]): [string, string][] {
  return parts.map((part) => {
    const token = printPart(part);
    if (part.kind === 'text') return ['q', token];
    if (part.kind === 'duration') return ['duration', token];
    if (part.kind === 'label') {
      const value = `${part.key}:${part.value ?? '*'}`;
      return [part.not ? '-label' : 'label', value];
    }
    const colon = token.indexOf(':');
    return colon < 1 ? ['q', token] : [token.slice(0, colon), token.slice(colon + 1)];
  });
}

/** Every key is read or shown as wrong: none is passed over in silence, which would list what was not asked for. */
export function fromParams(search: string): (Part | Wrong)[] {
  return [...new URLSearchParams(search)]
    .filter(([key]) => !OTHERS.has(key))
    .map(([key, value]) => {
      if (key === 'q') return { kind: 'text', value };
      const name = key.replace(/^-/, '');
      if (Object.hasOwn(FIELDS, name)) return parseToken(`${key}:${value}`);
      return {
        kind: 'wrong',
        token: `${key}:${value}`,
        problem: `The address has “${key}”, which no list of executions can be narrowed by.`,
      };
    });
}

/** `search` with its filter replaced; the page begins anew, everything else stays. */
export function withFilter(search: string, parts: readonly (Part | Wrong)[]): string {
  const kept = [...new URLSearchParams(search)].filter(
    ([key]) => OTHERS.has(key) && key !== 'after' && key !== 'before',
  );
  const text = new URLSearchParams([...toParams(parts), ...kept]).toString();
  return text ? `?${text}` : '';
}
