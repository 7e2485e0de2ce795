import { useSyncExternalStore } from 'react';

/** What lies over the page: the search, the keys, the GraphQL of the page. One at a time. */
export type Overlay = 'search' | 'keys' | 'graphql';

let open: Overlay | null = null;
const listeners = new Set<() => void>();

export function showOverlay(next: Overlay | null): void {
  open = next;
  for (const tell of listeners) tell();
}

/** It was closed; what it has opened in its place stays. */
export function leaveOverlay(closed: Overlay): void {
  if (open === closed) showOverlay(null);
}

export const useOverlay = (): Overlay | null =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => open,
  );
