import { useCallback, useState } from 'react';

const KEY = 'flowdeck.gantt.labels';
const LEAST = 160;
const MOST = 560;
const NARROW = 120;

/** At most so much of the whole, so that time has room beside the names. */
const SHARE = 0.42;

/** The width of the column of names, kept in this browser. */
export function useLabelWidth(whole: number): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(KEY)) || 300));
  const resize = useCallback((next: number) => {
    localStorage.setItem(KEY, String(within(next)));
    setWidth(within(next));
  }, []);
  const room = whole > 0 ? Math.max(NARROW, Math.round(whole * SHARE)) : width;
  return [Math.min(width, room), resize];
}

const within = (width: number): number => Math.min(MOST, Math.max(LEAST, Math.round(width)));
