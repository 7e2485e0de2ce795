/** Values as columns: each shows what the chosen member of the one before it holds. */
import { entriesOf, joined, summary } from '../taskrun/outputTree';

export interface Cell {
  readonly key: string;
  /** The name; the loop value stands beside it. */
  readonly label: string;
  readonly note?: string;
  readonly value: unknown;
}

export interface Drilled {
  readonly columns: readonly (readonly Cell[])[];
  /** What was chosen last; null when nothing is, or it is no longer there. */
  readonly leaf: Cell | null;
}

const MOST = 500;

const children = (value: unknown): Cell[] =>
  entriesOf(value)
    .slice(0, MOST)
    .map(([key, child]) => ({ key, label: key, value: child }));

export function drilled(roots: readonly Cell[], path: readonly string[]): Drilled {
  const columns: (readonly Cell[])[] = [roots];
  let leaf: Cell | null = null;
  for (const key of path) {
    const cell: Cell | undefined = columns.at(-1)?.find((each) => each.key === key);
    if (cell === undefined) break;
    leaf = cell;
    if (!summary(cell.value).holds) break;
    columns.push(children(cell.value));
  }
  return { columns, leaf };
}

/** The path as an expression writes it after the task's name. */
export function expression(root: unknown, keys: readonly string[]): string {
  let path = '';
  let value = root;
  for (const key of keys) {
    path = joined(path, key, Array.isArray(value));
    value = entriesOf(value).find(([each]) => each === key)?.[1];
  }
  return path;
}

const SEPARATOR = '/';

export const fromAddress = (text: string | null): string[] =>
  text === null ? [] : text.split(SEPARATOR).map(decodeURIComponent);

export const toAddress = (path: readonly string[]): string | null =>
  path.length === 0 ? null : path.map(encodeURIComponent).join(SEPARATOR);
