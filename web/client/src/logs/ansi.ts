/** The colours that programs write into their output, as spans in the interface's own colours. */

export type Hue = 'black' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'white';

export interface Span {
  readonly text: string;
  readonly hue: Hue | null;
  readonly background: Hue | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

type Style = Omit<Span, 'text'>;

const HUES: readonly Hue[] = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
];
const PLAIN: Style = {
  hue: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with a control character
const SEQUENCE = /\u001b(?:\[([0-9;:]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g;

/** Text without escape sequences comes back as one span. */
export function spans(text: string): Span[] {
  if (!text.includes('\u001b')) return [{ ...PLAIN, text }];
  const found: Span[] = [];
  let style = PLAIN;
  let at = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    if (match.index > at) found.push({ ...style, text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    if (match[2] === 'm') style = restyled(style, codesOf(match[1] ?? ''));
  }
  if (at < text.length) found.push({ ...style, text: text.slice(at) });
  return found;
}

/** The text alone, for search and copying. */
export const plain = (text: string): string =>
  text.includes('\u001b') ? text.replaceAll(SEQUENCE, '') : text;

const codesOf = (text: string): number[] =>
  text === '' ? [0] : text.split(/[;:]/).map((code) => Number(code));

function restyled(before: Style, codes: readonly number[]): Style {
  let style = before;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { hue, used } = extended(codes.slice(at + 1));
      style = { ...style, [code === 38 ? 'hue' : 'background']: hue };
      at += used;
    } else style = { ...style, ...meaning(code) };
  }
  return style;
}

function meaning(code: number): Partial<Style> {
  if (code >= 30 && code <= 37) return { hue: HUES[code - 30] ?? null };
  if (code >= 90 && code <= 97) return { hue: HUES[code - 90] ?? null };
  if (code >= 40 && code <= 47) return { background: HUES[code - 40] ?? null };
  if (code >= 100 && code <= 107) return { background: HUES[code - 100] ?? null };
  switch (code) {
    case 0:
      return PLAIN;
    case 1:
      return { bold: true };
    case 2:
      return { dim: true };
    case 3:
      return { italic: true };
    case 4:
      return { underline: true };
    case 22:
      return { bold: false, dim: false };
    case 23:
      return { italic: false };
    case 24:
      return { underline: false };
    case 39:
      return { hue: null };
    case 49:
      return { background: null };
    default:
      return {};
  }
}

/** `5;n` of 256 colours or `2;r;g;b`, as the nearest hue that both themes can show. */
function extended(codes: readonly number[]): { hue: Hue | null; used: number } {
  const [kind, a = 0, b = 0, c = 0] = codes;
  if (kind === 2) return { hue: nearest(a, b, c), used: 4 };
  if (kind !== 5) return { hue: null, used: codes.length };
  if (a < 16) return { hue: HUES[a % 8] ?? null, used: 2 };
  if (a >= 232) return { hue: a < 244 ? 'black' : 'white', used: 2 };
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = a - 16;
  const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return { hue: nearest(level(red), level(green), level(blue)), used: 2 };
}

function nearest(red: number, green: number, blue: number): Hue {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least < 40) return most < 110 ? 'black' : 'white';
  const half = most * 0.6;
  const bits = (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
  return HUES[bits] ?? 'white';
}
