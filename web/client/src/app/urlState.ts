import { useCallback } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';

export interface UrlChange {
  /** Replaces the entry in the history (default for what is selected or typed) instead of adding one. */
  replace?: boolean;
}

/** The search part of `location` with some keys set, and those given null or '' removed. Other keys keep their place. */
export function withParams(search: string, changes: Record<string, string | null>): string {
  const params = new URLSearchParams(search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') params.delete(key);
    else params.set(key, value);
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** Writes keys of the address; everything on screen that reads them follows. */
export function writeUrl(
  changes: Record<string, string | null>,
  { replace = true }: UrlChange = {},
) {
  const next = location.pathname + withParams(location.search, changes) + location.hash;
  if (next !== location.pathname + location.search + location.hash) navigate(next, { replace });
}

/** One key of the address as state: `const [task, setTask] = useUrlState('task')`. */
export function useUrlState(
  key: string,
): [string | null, (value: string | null, how?: UrlChange) => void] {
  const value = new URLSearchParams(useSearch()).get(key);
  const set = useCallback(
    (next: string | null, how?: UrlChange) => writeUrl({ [key]: next }, how),
    [key],
  );
  return [value, set];
}
