import { expect, test } from 'vitest';
import {
  beginning,
  CLOSEST,
  FARTHEST,
  fitted,
  overlaps,
  reveal,
  visible,
  wheelFactor,
  zoomAround,
} from './viewport';

const screen = { width: 800, height: 600 };

test('zooming keeps the point under the pointer', () => {
  const before = { x: 10, y: 20, zoom: 0.5 };
  const after = zoomAround(before, 2, 300, 200);
  expect((300 - after.x) / after.zoom).toBeCloseTo((300 - before.x) / before.zoom);
  expect((200 - after.y) / after.zoom).toBeCloseTo((200 - before.y) / before.zoom);
});

test('zoom ends at its limits and then moves nothing', () => {
  const closest = zoomAround({ x: 5, y: 5, zoom: CLOSEST }, 3, 100, 100);
  expect(closest).toEqual({ x: 5, y: 5, zoom: CLOSEST });
  expect(zoomAround({ x: 0, y: 0, zoom: 1 }, 0.000_01, 0, 0).zoom).toBe(FARTHEST);
});

test('fitting shows everything in the middle and never enlarges', () => {
  const content = { x: 100, y: -50, width: 4000, height: 1000 };
  const seen = visible(fitted(content, screen), screen);
  expect(seen.x).toBeLessThanOrEqual(content.x);
  expect(seen.x + seen.width).toBeGreaterThanOrEqual(content.x + content.width);
  expect(seen.x + seen.width / 2).toBeCloseTo(content.x + content.width / 2);
  expect(fitted({ x: 0, y: 0, width: 10, height: 10 }, screen).zoom).toBe(1);
});

test('what is on screen is not moved, what is outside comes in', () => {
  const view = { x: 0, y: 0, zoom: 1 };
  expect(reveal(view, { x: 100, y: 100, width: 50, height: 50 }, screen)).toBe(view);
  const moved = reveal(view, { x: 900, y: 100, width: 50, height: 50 }, screen);
  expect(moved.x).toBe(-190);
  expect(moved.y).toBe(0);
});

test('boxes that only touch do not overlap', () => {
  const box = { x: 0, y: 0, width: 10, height: 10 };
  expect(overlaps(box, { ...box, x: 10 })).toBe(false);
  expect(overlaps(box, { ...box, x: 9 })).toBe(true);
});

test('one wild wheel turn cannot zoom by more than double', () => {
  expect(wheelFactor(-10_000, 0)).toBeLessThan(2.1);
  expect(wheelFactor(3, 1)).toBeLessThan(1);
});

test('a long flow begins readable, at its start or at what needs to be seen', () => {
  const content = { x: 0, y: 0, width: 2400, height: 200 };
  const start = visible(beginning(content, screen, null), screen);
  expect(beginning(content, screen, null).zoom).toBe(0.85);
  expect(overlaps(start, { x: 0, y: 80, width: 180, height: 44 })).toBe(true);
  const failed = { x: 1200, y: 80, width: 180, height: 44 };
  const near = beginning(content, screen, failed);
  expect(near.zoom).toBe(0.85);
  expect(overlaps(visible(near, screen), failed)).toBe(true);
});

test('a small flow begins whole, and so does one that is only an overview', () => {
  const small = { x: 0, y: 0, width: 300, height: 100 };
  expect(beginning(small, screen, null)).toEqual(fitted(small, screen));
  const huge = { x: 0, y: 0, width: 30_000, height: 9000 };
  expect(beginning(huge, screen, null)).toEqual(fitted(huge, screen));
});

test('a line of hundreds of tasks is no overview: it begins where it starts', () => {
  const line = { x: 0, y: 0, width: 70_000, height: 44 };
  expect(beginning(line, screen, null)).toMatchObject({ zoom: 0.85, x: 28 });
});
