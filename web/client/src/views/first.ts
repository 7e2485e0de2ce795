/** The view that the list opens with in this browser, when its address asks for nothing. */
import type { View } from './views';

const KEY = 'flowdeck.executions.first';

interface First {
  readonly id: string;
  readonly search: string;
}

export function firstView(): First | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<First> | null;
    return typeof kept?.id === 'string' && typeof kept.search === 'string' ? (kept as First) : null;
  } catch {
    return null;
  }
}

/** Null lets the list open with all executions again. */
export function setFirstView(view: View | null): void {
  if (view?.search) localStorage.setItem(KEY, JSON.stringify({ id: view.id, search: view.search }));
  else localStorage.removeItem(KEY);
}

/** Somebody may have changed or deleted it meanwhile. */
export function followFirstView(views: readonly View[]): void {
  const first = firstView();
  if (first !== null) setFirstView(views.find(({ id }) => id === first.id) ?? null);
}
