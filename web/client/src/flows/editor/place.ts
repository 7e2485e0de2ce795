/** Where the cursor stands in a YAML text: the way there from the top, and what is already written around it. */
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml';

export interface Place {
  readonly slot: 'key' | 'value';
  /** Keys and indexes from the top; for a value the last one is its key (or its index in a list). */
  readonly path: readonly (string | number)[];
  /** The whole text as data; null where the cursor stands. */
  readonly data: unknown;
  /** The keys beside the one being written. */
  readonly siblings: readonly string[];
  /** Where the word being written begins. */
  readonly from: number;
}

const MARKER = 'ZqZ';
const WORD = /[\w.$-]*$/;
const KEY_SLOT = /^\s*(?:- +)*$/;
const VALUE_SLOT = /^\s*(?:- +)*[\w.$-]+:\s+["']?$/;

/** Null where nothing can be completed: inside a comment, a block of text or after a finished value. */
export function placeAt(text: string, position: number): Place | null {
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  const word = WORD.exec(text.slice(lineStart, position))?.[0] ?? '';
  const from = position - word.length;
  const before = text.slice(lineStart, from);
  const lineEnd = text.indexOf('\n', position);
  const rest = lineEnd < 0 ? '' : text.slice(lineEnd);
  const whole = (marker: string) => text.slice(0, from).replace(/["']$/, '') + marker + rest;
  if (VALUE_SLOT.test(before)) return find(whole(MARKER), 'value', from);
  if (!KEY_SLOT.test(before)) return null;
  const key = find(whole(`${MARKER}: ~`), 'key', from);
  return key ?? (before.includes('-') ? find(whole(MARKER), 'value', from) : null);
}

const withoutMarker = (_key: unknown, value: unknown) => (value === MARKER ? null : value);

type Ancestor = Node | Pair | { readonly contents: unknown };

function find(text: string, slot: Place['slot'], from: number): Place | null {
  const document = parseDocument(text, { strict: false, uniqueKeys: false, logLevel: 'silent' });
  let found: { ancestors: readonly Ancestor[]; node: Node } | null = null;
  visit(document, {
    Scalar(key, node, ancestors) {
      if (node.value !== MARKER || (key === 'key') !== (slot === 'key')) return undefined;
      found = { ancestors: ancestors as readonly Ancestor[], node };
      return visit.BREAK;
    },
  });
  return (
    found &&
    placed(found, slot, from, document.toJS({ maxAliasCount: 100, reviver: withoutMarker }))
  );
}

function placed(
  { ancestors, node }: { ancestors: readonly Ancestor[]; node: Node },
  slot: Place['slot'],
  from: number,
  data: unknown,
): Place {
  const way = slot === 'key' ? ancestors.slice(0, -1) : ancestors;
  const chain = [...ancestors, node];
  const path = way.flatMap((each, index): (string | number)[] => {
    if (isPair(each)) return [isScalar(each.key) ? String(each.key.value) : ''];
    return isSeq(each) ? [each.items.indexOf(chain[index + 1] as Node)] : [];
  });
  const map = ancestors.findLast((each) => isMap(each));
  const keys = isMap(map)
    ? map.items.map(({ key }) => (isScalar(key) ? String(key.value) : ''))
    : [];
  return { slot, path, data, siblings: keys.filter((key) => key !== MARKER), from };
}
