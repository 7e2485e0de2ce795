import { useSyncExternalStore } from 'react';
import { serverClock } from '../live/clock';

/** One clock for everything that ticks on the page: ten times a second while somebody looks, else not at all. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = 0;

function tick(): void {
  now = serverClock.now();
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  if (!timer) {
    now = serverClock.now();
    timer = setInterval(tick, 100);
  }
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

const still = () => () => undefined;

/** The server's time in milliseconds, moving while `ticking`. */
export const useNow = (ticking: boolean): number =>
  useSyncExternalStore(ticking ? subscribe : still, () => (ticking ? now || serverClock.now() : 0));
