import { type RefObject, useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useKeys } from '../app/keys';
import { executionHref } from '../app/places';
import { isEmpty } from '../bulk/selection';
import type { Selecting } from '../bulk/useSelection';

/** Keys walk the rows, select them and open them; Escape first lets the selection go, then the row. */
export function useRowKeys(
  ids: readonly string[],
  { selection, pick, pickPage, clear }: Selecting,
  input: RefObject<HTMLInputElement | null>,
): { at: string | null; leave: () => void } {
  const [at, setAt] = useState<string | null>(null);
  const step = (by: number) => {
    const index = ids.indexOf(at ?? '');
    const next = ids[Math.max(0, Math.min(ids.length - 1, index < 0 ? 0 : index + by))];
    if (!next) return;
    setAt(next);
    document.getElementById(`row-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const leave = () => setAt(null);
  useKeys({
    '/': () => input.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: at ? () => navigate(executionHref(at)) : undefined,
    x: at ? () => pick(at, false) : undefined,
    X: at ? () => pick(at, true) : undefined,
    a: ids.length > 0 ? pickPage : undefined,
    Escape: isEmpty(selection) ? leave : clear,
  });
  return { at, leave };
}
