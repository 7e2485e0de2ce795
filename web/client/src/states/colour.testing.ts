/** Colour arithmetic for the tests of the tokens: OKLCH to sRGB, contrast, and how colours look with a colour-vision deficiency. */

export type Rgb = readonly [number, number, number];
export type Oklch = readonly [lightness: number, chroma: number, hue: number];

type Matrix = readonly [Rgb, Rgb, Rgb];

const times = (matrix: Matrix, [x, y, z]: Rgb): Rgb =>
  matrix.map((row) => row[0] * x + row[1] * y + row[2] * z) as unknown as Rgb;

const LAB_TO_LMS: Matrix = [
  [1, 0.3963377774, 0.2158037573],
  [1, -0.1055613458, -0.0638541728],
  [1, -0.0894841775, -1.291485548],
];
const LMS_TO_RGB: Matrix = [
  [4.0767416621, -3.3077115913, 0.2309699292],
  [-1.2684380046, 2.6097574011, -0.3413193965],
  [-0.0041960863, -0.7034186147, 1.707614701],
];
const RGB_TO_LMS: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const LMS_TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB. */
export const DEFICIENCIES: Record<'protanopia' | 'deuteranopia' | 'tritanopia', Matrix> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const inside = (value: number) => Math.min(1, Math.max(0, value));

/** Linear sRGB, cut to what a screen shows. */
export function linear([lightness, chroma, hue]: Oklch): Rgb {
  const angle = (hue * Math.PI) / 180;
  const roots = times(LAB_TO_LMS, [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]);
  const cones = roots.map((value) => value ** 3) as unknown as Rgb;
  return times(LMS_TO_RGB, cones).map(inside) as unknown as Rgb;
}

export const seenWith = (deficiency: keyof typeof DEFICIENCIES, colour: Rgb): Rgb =>
  times(DEFICIENCIES[deficiency], colour).map(inside) as unknown as Rgb;

const gamma = (value: number) =>
  value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
const ungamma = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** `over` with that opacity upon `under`, mixed as browsers do. */
export function upon(under: Rgb, over: Rgb, opacity: number): Rgb {
  return under.map((value, index) =>
    ungamma(gamma(over[index] ?? 0) * opacity + gamma(value) * (1 - opacity)),
  ) as unknown as Rgb;
}

const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** WCAG 2: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Distance in OKLab; 0.02 is just seen, 0.1 at a glance. */
export function distance(one: Rgb, other: Rgb): number {
  const lab = (colour: Rgb) =>
    times(LMS_TO_LAB, times(RGB_TO_LMS, colour).map(Math.cbrt) as unknown as Rgb);
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
