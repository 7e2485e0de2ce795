import { expect, test } from 'vitest';
import { commandOf } from './keys';

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => commandOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

test('arrows walk the rows, with Shift they walk through time', () => {
  expect(press('ArrowDown')).toEqual({ do: 'move', by: 1 });
  expect(press('ArrowRight')).toEqual({ do: 'open' });
  expect(press('ArrowRight', { shiftKey: true })).toEqual({ do: 'pan', share: 0.2 });
});

test("the browser's own keys are left to it", () => {
  expect(press('f', { ctrlKey: true })).toBeNull();
  expect(press('ArrowLeft', { altKey: true })).toBeNull();
  expect(press('q')).toBeNull();
});
