/**
 * What goes on grows: each frame the width of every growing bar in sight and the place of the now-line are
 * written on these elements themselves. A variable on the body would be shorter, but with it the styles of
 * every row were worked out anew sixty times a second.
 */
import { MIN_BAR } from './bars';

export const GROWS = 'data-grows';

/** `now` is in pixels from the left edge of the strip. */
export function grow(body: HTMLElement, now: number): void {
  for (const bar of body.querySelectorAll<HTMLElement>(`[${GROWS}]`))
    bar.style.width = `${grownTo(now, Number.parseFloat(bar.style.left)).toFixed(1)}px`;
  const line = body.querySelector<HTMLElement>('.gantt-now');
  if (line !== null) line.style.transform = `translateX(${now.toFixed(1)}px)`;
}

export const grownTo = (now: number, left: number): number => Math.max(MIN_BAR, now - left);
