import { useSyncExternalStore } from 'react';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly href?: string;
}

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

function become(next: readonly Toast[]): void {
  toasts = next;
  for (const tell of listeners) tell();
}

/** Says for five seconds that something was done. Problems are never told this way: they stand where they happened. */
export function say(text: string, href?: string): void {
  const toast = { id: ++count, text, href };
  become([...toasts, toast]);
  setTimeout(() => become(toasts.filter((other) => other !== toast)), 5000);
}

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => toasts,
  );
