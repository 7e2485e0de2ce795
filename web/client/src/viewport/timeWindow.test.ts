import { expect, test } from 'vitest';
import { around, domainOf, panBy, span, toPixels, toTime, within, zoomAt } from './timeWindow';

const domain = { from: 0, to: 1000 };

test('zooming leaves the moment under the pointer where it is', () => {
  const window = { from: 100, to: 500 };
  const zoomed = zoomAt(window, 2, 200, domain);
  expect(toPixels(zoomed, 800, 200)).toBeCloseTo(toPixels(window, 800, 200));
  expect(span(zoomed)).toBe(200);
});

test('no zoom and no pan leaves the domain', () => {
  expect(zoomAt({ from: 0, to: 900 }, 0.1, 450, domain)).toEqual(domain);
  expect(panBy({ from: 800, to: 900 }, 500, domain)).toEqual({ from: 900, to: 1000 });
  expect(panBy({ from: 100, to: 200 }, -500, domain)).toEqual({ from: 0, to: 100 });
});

test('zooming in ends at the shortest stretch', () => {
  expect(span(zoomAt({ from: 0, to: 4 }, 1e9, 2, domain))).toBe(2);
});

test('pixels and time are each other turned round', () => {
  const window = { from: 37, to: 911 };
  expect(toTime(window, 640, toPixels(window, 640, 500))).toBeCloseTo(500);
});

test('a moment is shown with air on both sides, within the domain', () => {
  const shown = around(400, 500, domain);
  expect(shown.from).toBeLessThan(400);
  expect(shown.to).toBeGreaterThan(500);
  expect(around(0, 2000, domain)).toEqual(domain);
  expect(within({ from: -50, to: 10 }, domain)).toEqual({ from: 0, to: 60 });
});

test('the domain of a running execution stands still until now comes near its end', () => {
  const first = domainOf(0, 2000, true, null);
  expect(first.to).toBeGreaterThan(2000);
  expect(domainOf(0, 2200, true, first)).toBe(first);
  const next = domainOf(0, first.to * 0.99, true, first);
  expect(next.to).toBeGreaterThan(first.to);
});

test('the domain of an ended execution closes around it', () => {
  const done = domainOf(0, 2000, false, { from: -10, to: 9000 });
  expect(done.to).toBeLessThan(2100);
});
