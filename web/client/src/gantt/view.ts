/** The Gantt's strip of time on screen. */
import { span, type TimeWindow, toPixels } from '../viewport/timeWindow';

export interface View {
  readonly window: TimeWindow;
  /** The strip's width in pixels. */
  readonly width: number;
}

export const ROW = 32;
/** Rows drawn above and below what is on screen. */
export const SPARE_ROWS = 6;

export const pixelsPerMs = (view: View): number => view.width / span(view.window);

const EDGE = 40;

/** Where now is on the strip, kept near it, so that the running bars' widths stay small numbers. */
export function nowOn(view: View, now: number): number {
  return Math.min(view.width + EDGE, Math.max(-EDGE, toPixels(view.window, view.width, now)));
}

/** The rows to draw for a scroll position. */
export function rowsInSight(
  scroll: number,
  height: number,
  count: number,
): readonly [number, number] {
  const first = Math.max(0, Math.floor(scroll / ROW) - SPARE_ROWS);
  const last = Math.min(count, Math.ceil((scroll + height) / ROW) + SPARE_ROWS);
  return [Math.min(first, last), last];
}

/** The indent of a row: three levels at most, the rest is told by its breadcrumb. */
export const DEEPEST_INDENT = 3;
export const indentOf = (depth: number): number => Math.min(depth, DEEPEST_INDENT) * 18;
