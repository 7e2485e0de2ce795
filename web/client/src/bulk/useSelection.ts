import { useCallback, useMemo, useRef, useState } from 'react';
import { extended, MATCHING, NOTHING, pageToggled, type Selection, toggled } from './selection';

export interface Selecting {
  readonly selection: Selection;
  /** A row more or less; with `range` everything from the row pressed before. */
  readonly pick: (id: string, range: boolean) => void;
  readonly pickPage: () => void;
  readonly pickMatching: () => void;
  readonly clear: () => void;
}

/** The selection of a list: it outlives changes and pages, and ends when `key`, the filter, becomes another. */
export function useSelection(key: string, page: readonly string[]): Selecting {
  const [kept, setKept] = useState<{ key: string; selection: Selection }>({
    key,
    selection: NOTHING,
  });
  const latest = useRef({ key, page });
  latest.current = { key, page };
  const change = useCallback((to: (selection: Selection, page: readonly string[]) => Selection) => {
    const now = latest.current;
    setKept((before) => ({
      key: now.key,
      selection: to(before.key === now.key ? before.selection : NOTHING, now.page),
    }));
  }, []);
  const ways = useMemo(
    () => ({
      pick: (id: string, range: boolean) =>
        change((selection, rows) => (range ? extended : toggled)(selection, id, rows)),
      pickPage: () => change(pageToggled),
      pickMatching: () => change(() => MATCHING),
      clear: () => change(() => NOTHING),
    }),
    [change],
  );
  return { selection: kept.key === key ? kept.selection : NOTHING, ...ways };
}
