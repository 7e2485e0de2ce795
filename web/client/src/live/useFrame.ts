import { useEffect, useRef } from 'react';

/** Calls `draw` once a frame while `active`, always the newest one given. */
export function useFrame(active: boolean, draw: () => void): void {
  const newest = useRef(draw);
  useEffect(() => {
    newest.current = draw;
  });
  useEffect(() => {
    if (!active) return;
    let frame = requestAnimationFrame(function again() {
      newest.current();
      frame = requestAnimationFrame(again);
    });
    return () => cancelAnimationFrame(frame);
  }, [active]);
}
