import { useCallback, useState } from 'react';

const KEY = 'flowdeck.drawer';
const USUAL = 420;
const LEAST = 320;

const within = (width: number): number =>
  Math.round(Math.min(Math.max(LEAST, innerWidth * 0.7), Math.max(LEAST, width)));

/** The drawer's width, kept in this browser. */
export function useDrawerWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(() => within(Number(localStorage.getItem(KEY)) || USUAL));
  const resize = useCallback((next: number) => {
    localStorage.setItem(KEY, String(within(next)));
    setWidth(within(next));
  }, []);
  return [width, resize];
}
