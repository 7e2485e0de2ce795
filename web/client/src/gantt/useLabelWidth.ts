import { useCallback, useState } from 'react';

const KEY = 'flowdeck.gantt.labels';
const LEAST = 160;
const MOST = 560;

/** The width of the column of names, kept in this browser. */
export function useLabelWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(KEY)) || 300));
  const resize = useCallback((next: number) => {
    localStorage.setItem(KEY, String(within(next)));
    setWidth(within(next));
  }, []);
  return [width, resize];
}

const within = (width: number): number => Math.min(MOST, Math.max(LEAST, Math.round(width)));
