/** The way of an edge: out of the right side, straight, with the turns between two ranks, into the left side. */
import type { Box } from '../viewport/viewport';
import type { GraphEdge, Point } from './graph';

export const CORNER = 8;

/** The corners of an orthogonal way; the first and last lie on the boxes' sides. */
export function routed(
  edge: GraphEdge,
  boxes: ReadonlyMap<string, Box>,
  bends: readonly Point[],
): readonly Point[] {
  const source = boxes.get(edge.source);
  const target = boxes.get(edge.target);
  if (source === undefined || target === undefined) return [];
  const start = { x: source.x + source.width, y: source.y + source.height / 2 };
  const end = { x: target.x, y: target.y + target.height / 2 };
  const stops = [start, ...bends, end];
  const points: Point[] = [start];
  for (let at = 1; at < stops.length; at += 1) {
    const from = stops[at - 1] ?? start;
    const to = stops[at] ?? end;
    if (Math.abs(from.y - to.y) >= 0.5) {
      const turn = turnBetween(from, to, at === stops.length - 1);
      points.push({ x: turn, y: from.y }, { x: turn, y: to.y });
    }
    points.push(to);
  }
  return points;
}

/** Edges turn close before the rank they enter, so that those that enter one place share their last part. */
function turnBetween(from: Point, to: Point, last: boolean): number {
  if (to.x <= from.x) return from.x + CORNER * 2;
  const near = Math.min(26, (to.x - from.x) / 2);
  return last ? to.x - near : from.x + near;
}

/** Draw the way with rounded corners. */
export function trace(
  path: Pick<Path2D, 'moveTo' | 'lineTo' | 'arcTo'>,
  points: readonly Point[],
): void {
  const [first, ...rest] = points;
  if (first === undefined) return;
  path.moveTo(first.x, first.y);
  for (const [at, point] of rest.entries()) {
    const next = rest[at + 1];
    if (next === undefined) {
      path.lineTo(point.x, point.y);
      continue;
    }
    const before = rest[at - 1] ?? first;
    const radius = Math.min(CORNER, distance(before, point) / 2, distance(point, next) / 2);
    path.arcTo(point.x, point.y, next.x, next.y, radius);
  }
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
