import { expect, test } from 'vitest';
import { nextOrder, orderBy, pageOf, takesNewcomers, viewOf } from './view';

test('the newest fifty are shown first', () => {
  const view = viewOf('');
  expect(orderBy(view)).toEqual({ field: 'CREATED_AT', direction: 'DESC' });
  expect(pageOf(view)).toEqual({ first: 50, after: undefined });
  expect(takesNewcomers(view)).toBe(true);
});

test('an order or a size that does not exist falls back to the first one', () => {
  expect(viewOf('?order=-colour&size=7')).toEqual(viewOf(''));
});

test('the page before is asked for from its end', () => {
  expect(pageOf(viewOf('?before=c&size=25'))).toEqual({ last: 25, before: 'c' });
});

test('newcomers come in by themselves only at the top of the newest', () => {
  for (const search of ['?after=c', '?before=c', '?order=created', '?order=-duration']) {
    expect(takesNewcomers(viewOf(search))).toBe(false);
  }
});

test('a column is sorted down, then up, then down again', () => {
  expect(nextOrder(viewOf(''), 'duration')).toBe('-duration');
  expect(nextOrder(viewOf('?order=-duration'), 'duration')).toBe('duration');
  expect(nextOrder(viewOf('?order=duration'), 'duration')).toBe('-duration');
  expect(nextOrder(viewOf('?order=duration'), 'created')).toBe(null);
});
