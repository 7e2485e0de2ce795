import { useCallback, useState, useSyncExternalStore } from 'react';
import { COLUMN_NAMES, type ColumnName, columnOf } from './columns';

const KEY = 'flowdeck.executions.columns';

function isShownAtFirst(name: ColumnName): boolean {
  return columnOf(name).optional !== 'hidden';
}

/** The kept choice holds only what differs from the first one, so that new columns show themselves. */
function read(): Record<string, boolean> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, boolean>) : {};
  } catch {
    return {};
  }
}

/** What goes first when there is no room. State and flow stay, and so does what was asked for beyond the first choice. */
const GIVE_WAY: readonly ColumnName[] = [
  'labels',
  'ended',
  'trigger',
  'namespace',
  'id',
  'started',
  'duration',
];
/** What one part of the room that is left needs at least, to be worth showing. */
const LEAST_PART = 36;

const railWidth = (): number => (innerWidth > 1000 ? 176 : innerWidth > 720 ? 52 : 0);

const onResize = (tell: () => void) => {
  addEventListener('resize', tell);
  return () => removeEventListener('resize', tell);
};

/** The pixels beside the rail, which shell.css narrows at 1000 and lays below the page at 720. */
export const useRoom = (): number => useSyncExternalStore(onResize, () => innerWidth - railWidth());

/** The columns that can be read side by side in so many pixels. */
export function fitting(columns: readonly ColumnName[], room: number): readonly ColumnName[] {
  const needed = (names: readonly ColumnName[]): number =>
    names.reduce((sum, name) => {
      const { width, grow = 0 } = columnOf(name);
      return sum + (width ?? grow * LEAST_PART);
    }, 0);
  let left = columns;
  for (const name of GIVE_WAY) {
    if (needed(left) <= room) break;
    left = left.filter((each) => each !== name);
  }
  return left;
}

export interface ColumnChoice {
  readonly chosen: readonly ColumnName[];
  readonly toggle: (name: ColumnName) => void;
  /** Shows these and no others. */
  readonly choose: (names: readonly ColumnName[]) => void;
}

/** Which columns the list shows, in their order, kept in this browser. */
export function useColumnChoice(): ColumnChoice {
  const [choice, setChoice] = useState(read);
  const shown = (name: ColumnName) => choice[name] ?? isShownAtFirst(name);
  const toggle = useCallback((name: ColumnName) => {
    setChoice((before) => {
      const next = { ...before, [name]: !(before[name] ?? isShownAtFirst(name)) };
      localStorage.setItem(KEY, JSON.stringify(next));
      return next;
    });
  }, []);
  const choose = useCallback((names: readonly ColumnName[]) => {
    const next = Object.fromEntries(COLUMN_NAMES.map((name) => [name, names.includes(name)]));
    localStorage.setItem(KEY, JSON.stringify(next));
    setChoice(next);
  }, []);
  return { chosen: COLUMN_NAMES.filter(shown), toggle, choose };
}
