import { describe, expect, test } from 'vitest';
import {
  coverOf,
  extended,
  isEmpty,
  isSelected,
  MATCHING,
  NOTHING,
  pageToggled,
  type Selection,
  toggled,
} from './selection';

const PAGE = ['a', 'b', 'c', 'd'];
const ids = (selection: Selection) =>
  selection.kind === 'some' ? [...selection.ids].sort() : 'all that match';

describe('a selection', () => {
  test('takes a row in and out', () => {
    const one = toggled(NOTHING, 'b', PAGE);
    expect(ids(one)).toEqual(['b']);
    expect(isEmpty(toggled(one, 'b', PAGE))).toBe(true);
  });

  test('takes what lies between two rows, upwards as well', () => {
    expect(ids(extended(toggled(NOTHING, 'd', PAGE), 'b', PAGE))).toEqual(['b', 'c', 'd']);
    expect(ids(extended(toggled(NOTHING, 'a', PAGE), 'b', PAGE))).toEqual(['a', 'b']);
  });

  test('takes one row when the range has no beginning on this page', () => {
    expect(ids(extended(NOTHING, 'c', PAGE))).toEqual(['c']);
    expect(ids(extended(toggled(NOTHING, 'gone', ['gone']), 'c', PAGE))).toEqual(['c', 'gone']);
  });

  test('takes the page, keeps other pages, and lets the page go again', () => {
    const elsewhere = toggled(NOTHING, 'x', ['x']);
    const whole = pageToggled(elsewhere, PAGE);
    expect(ids(whole)).toEqual(['a', 'b', 'c', 'd', 'x']);
    expect(ids(pageToggled(whole, PAGE))).toEqual(['x']);
  });

  test('of all that match includes rows that were not there before', () => {
    expect(isSelected(MATCHING, 'new')).toBe(true);
    expect(isEmpty(MATCHING)).toBe(false);
    expect(pageToggled(MATCHING, PAGE)).toEqual(NOTHING);
  });

  test('of all that match becomes the rest of the page when a row is taken out', () => {
    expect(ids(toggled(MATCHING, 'b', PAGE))).toEqual(['a', 'c', 'd']);
  });

  test('says how much of the page it covers', () => {
    expect(coverOf(NOTHING, PAGE)).toBe('none');
    expect(coverOf(NOTHING, [])).toBe('none');
    expect(coverOf(toggled(NOTHING, 'a', PAGE), PAGE)).toBe('part');
    expect(coverOf(MATCHING, PAGE)).toBe('whole');
  });
});
