import { useCallback, useState } from 'react';
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

/** Which columns the list shows, in their order, kept in this browser; and how to show or hide one. */
export function useColumnChoice(): [ColumnName[], (name: ColumnName) => void] {
  const [choice, setChoice] = useState(read);
  const shown = (name: ColumnName) => choice[name] ?? isShownAtFirst(name);
  const toggle = useCallback((name: ColumnName) => {
    setChoice((before) => {
      const next = { ...before, [name]: !(before[name] ?? isShownAtFirst(name)) };
      localStorage.setItem(KEY, JSON.stringify(next));
      return next;
    });
  }, []);
  return [COLUMN_NAMES.filter(shown), toggle];
}
