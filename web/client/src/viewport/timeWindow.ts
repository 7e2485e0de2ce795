/** The stretch of time a Gantt shows, and how it is zoomed, panned and kept within what there is. */

/** Milliseconds since the epoch, `from` < `to`. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

/** The shortest stretch that can fill the screen. */
export const SHORTEST_MS = 2;

export const span = (window: TimeWindow): number => window.to - window.from;

/** Pixels from the left edge of a strip `width` wide. */
export function toPixels(window: TimeWindow, width: number, at: number): number {
  return ((at - window.from) / span(window)) * width;
}

export function toTime(window: TimeWindow, width: number, pixels: number): number {
  return window.from + (pixels / width) * span(window);
}

/** Zoom by `factor` (> 1 shows more detail), leaving the moment `at` where it is on screen. */
export function zoomAt(
  window: TimeWindow,
  factor: number,
  at: number,
  domain: TimeWindow,
): TimeWindow {
  const share = (at - window.from) / span(window);
  const length = Math.max(SHORTEST_MS, span(window) / factor);
  const from = at - share * length;
  return within({ from, to: from + length }, domain);
}

export function panBy(window: TimeWindow, ms: number, domain: TimeWindow): TimeWindow {
  return within({ from: window.from + ms, to: window.to + ms }, domain);
}

/** The window moved, and cut if it must be, so that it lies in `domain`. */
export function within(window: TimeWindow, domain: TimeWindow): TimeWindow {
  const length = Math.min(span(window), span(domain));
  const from = Math.min(Math.max(window.from, domain.from), domain.to - length);
  return { from, to: from + length };
}

/** A stretch with some air around it. */
export function around(from: number, to: number, domain: TimeWindow, air = 0.15): TimeWindow {
  const length = Math.max(to - from, SHORTEST_MS);
  return within({ from: from - length * air, to: from + length * (1 + air) }, domain);
}

const HEADROOM = 1.18;
const NEAR_THE_END = 0.97;

/**
 * The whole stretch from the first moment to the last. While things go on the end lies ahead of now and is
 * moved in steps only when now comes near it, so that the bars grow and the ruler stands still.
 */
export function domainOf(
  first: number,
  last: number,
  ongoing: boolean,
  before: TimeWindow | null,
): TimeWindow {
  const length = Math.max(last - first, 50);
  if (!ongoing) return { from: first - length * 0.01, to: first + length * 1.03 };
  if (before !== null && before.from <= first && length < (before.to - first) * NEAR_THE_END)
    return before;
  const ahead = Math.max(length * HEADROOM, 1000);
  return { from: first - ahead * 0.01, to: first + ahead };
}
