import { expect, test } from 'vitest';
import { plain, spans } from './ansi';

const ESC = '\u001b';
const shown = (text: string) => spans(text).map(({ text: part, hue, bold }) => [part, hue, bold]);

test('plain text is one span', () => {
  expect(shown('hello')).toEqual([['hello', null, false]]);
});

test('colours and weights begin and end', () => {
  expect(shown(`a${ESC}[1;31mb${ESC}[22mc${ESC}[0md`)).toEqual([
    ['a', null, false],
    ['b', 'red', true],
    ['c', 'red', false],
    ['d', null, false],
  ]);
});

test.each([
  ['92', 'green'],
  ['38;5;196', 'red'],
  ['38;5;33', 'blue'],
  ['38;2;255;200;0', 'yellow'],
  ['38;5;240', 'black'],
  ['38;5;255', 'white'],
])('the code %s is shown as %s', (code, hue) => {
  expect(shown(`${ESC}[${code}mx`)).toEqual([['x', hue, false]]);
});

test('cursor movements, titles and broken sequences vanish', () => {
  expect(plain(`${ESC}[2K${ESC}]0;title\u0007ok${ESC}[1A`)).toBe('ok');
  expect(plain(`${ESC}[38;5mok`)).toBe('ok');
});

test('hostile input takes no time', () => {
  const begun = performance.now();
  spans(`${ESC}[`.repeat(50_000));
  expect(performance.now() - begun).toBeLessThan(500);
});
