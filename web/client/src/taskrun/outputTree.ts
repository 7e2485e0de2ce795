/** An output value as rows of a tree, opened where somebody opened it. */

export interface OutputRow {
  /** Where the value stands: what an expression writes after `outputs.<task>.`. */
  readonly path: string;
  readonly key: string;
  readonly depth: number;
  readonly kind: 'map' | 'list' | 'text' | 'number' | 'boolean' | 'nothing';
  /** A value in one line; for maps and lists how much they hold. */
  readonly text: string;
  readonly holds: boolean;
}

const MOST_CHILDREN = 200;
const PLAIN_KEY = /^[A-Za-z_]\w*$/;

export function outputRows(
  value: unknown,
  isOpen: (path: string, depth: number) => boolean,
): OutputRow[] {
  const rows: OutputRow[] = [];
  const walk = (parent: unknown, path: string, depth: number): void => {
    const entries = entriesOf(parent);
    for (const [key, child] of entries.slice(0, MOST_CHILDREN)) {
      const at = joined(path, key, Array.isArray(parent));
      const row = rowOf(at, key, depth, child);
      rows.push(row);
      if (row.holds && isOpen(at, depth)) walk(child, at, depth + 1);
    }
    if (entries.length > MOST_CHILDREN)
      rows.push({
        path: `${path}…`,
        key: '…',
        depth,
        kind: 'nothing',
        text: `${entries.length - MOST_CHILDREN} more`,
        holds: false,
      });
  };
  walk(value, '', 0);
  return rows;
}

/** What a map or a list holds, by key or index. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((child, index) => [String(index), child]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The path of a member, as expressions write it. */
export function joined(path: string, key: string, inList: boolean): string {
  if (inList) return `${path}[${key}]`;
  if (!PLAIN_KEY.test(key)) return `${path}['${key}']`;
  return path === '' ? key : `${path}.${key}`;
}

const rowOf = (path: string, key: string, depth: number, value: unknown): OutputRow => ({
  path,
  key,
  depth,
  ...summary(value),
});

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/** What kind of value it is, in one line. */
export function summary(value: unknown): Pick<OutputRow, 'kind' | 'text' | 'holds'> {
  if (value === null || value === undefined) return { kind: 'nothing', text: 'null', holds: false };
  if (Array.isArray(value))
    return { kind: 'list', text: counted(value.length, 'value'), holds: value.length > 0 };
  if (typeof value === 'object') {
    const count = Object.keys(value).length;
    return { kind: 'map', text: counted(count, 'key'), holds: count > 0 };
  }
  const kind = typeof value;
  return {
    kind: kind === 'number' || kind === 'boolean' ? kind : 'text',
    text: String(value),
    holds: false,
  };
}
