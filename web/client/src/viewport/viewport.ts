/** A plane seen through a window: where it lies, how large, and how pointer and keys move it. */

export interface Viewport {
  /** Screen pixels of the plane's origin. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export const CLOSEST = 2;
export const FARTHEST = 0.02;

const clampZoom = (zoom: number): number => Math.min(CLOSEST, Math.max(FARTHEST, zoom));

export function zoomAround(view: Viewport, factor: number, x: number, y: number): Viewport {
  const zoom = clampZoom(view.zoom * factor);
  const ratio = zoom / view.zoom;
  return { zoom, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

export const panned = (view: Viewport, dx: number, dy: number): Viewport => ({
  ...view,
  x: view.x + dx,
  y: view.y + dy,
});

/** The whole of `content` in the middle of `screen`, never enlarged beyond its own size. */
export function fitted(content: Box, screen: Size, margin = 28): Viewport {
  const wide = (screen.width - 2 * margin) / Math.max(content.width, 1);
  const high = (screen.height - 2 * margin) / Math.max(content.height, 1);
  const zoom = clampZoom(Math.min(1, wide, high));
  return {
    zoom,
    x: (screen.width - content.width * zoom) / 2 - content.x * zoom,
    y: (screen.height - content.height * zoom) / 2 - content.y * zoom,
  };
}

/** What is at least so large, on screen, on its shorter side is worth looking at as a whole from afar. */
const OVERVIEW = 120;
/** Large enough to be read without leaning forward, and where reading begins when the whole is smaller. */
const LEGIBLE = 0.62;
const READABLE = 0.85;

/** Where to begin: with the whole if it can be read, else readable at `focus` or at the beginning; only a plane far too large for that begins as an overview. */
export function beginning(content: Box, screen: Size, focus: Box | null, margin = 28): Viewport {
  const whole = fitted(content, screen, margin);
  const shorter = Math.min(content.width, content.height) * whole.zoom;
  const overview = whole.zoom < LEGIBLE / 4 && shorter >= OVERVIEW;
  if (screen.width <= 0 || whole.zoom >= LEGIBLE || overview) return whole;
  const { x, y, width, height } = focus ?? { x: content.x, y: content.y, width: 0, height: 0 };
  const centre = {
    x: screen.width / 2 - (x + width / 2) * READABLE,
    y: screen.height / 2 - (y + height / 2) * READABLE,
  };
  return {
    zoom: READABLE,
    x: kept(centre.x, content.x * READABLE, content.width * READABLE, screen.width, margin),
    y: kept(centre.y, content.y * READABLE, content.height * READABLE, screen.height, margin),
  };
}

/** No more empty room on either side than the margin; what is smaller than the screen stands in its middle. */
function kept(offset: number, start: number, length: number, room: number, margin: number): number {
  if (length + 2 * margin <= room) return (room - length) / 2 - start;
  return Math.min(margin - start, Math.max(room - margin - start - length, offset));
}

/** The least move that brings `box` fully on screen. */
export function reveal(view: Viewport, box: Box, screen: Size, margin = 40): Viewport {
  const left = box.x * view.zoom + view.x;
  const top = box.y * view.zoom + view.y;
  const dx = shift(left, box.width * view.zoom, screen.width, margin);
  const dy = shift(top, box.height * view.zoom, screen.height, margin);
  return dx === 0 && dy === 0 ? view : panned(view, dx, dy);
}

function shift(start: number, length: number, room: number, margin: number): number {
  if (start < margin) return margin - start;
  const over = start + length - (room - margin);
  return over > 0 ? Math.max(-over, margin - start) : 0;
}

/** The part of the plane that is on screen. */
export function visible(view: Viewport, screen: Size): Box {
  return {
    x: -view.x / view.zoom,
    y: -view.y / view.zoom,
    width: screen.width / view.zoom,
    height: screen.height / view.zoom,
  };
}

export const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What a wheel turn asks for: browsers report a pinch as a wheel with Ctrl held. */
export function wheelFactor(deltaY: number, deltaMode: number): number {
  const pixels = deltaY * (deltaMode === 1 ? 16 : deltaMode === 2 ? 400 : 1);
  return Math.exp(-Math.max(-120, Math.min(120, pixels)) * 0.006);
}
