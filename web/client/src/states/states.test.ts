import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  contrast,
  DEFICIENCIES,
  distance,
  linear,
  type Oklch,
  seenWith,
  upon,
} from './colour.testing';
import { SHAPES } from './shapes';
import { isState, STATES, type State } from './states';

const css = readFileSync(new URL('states.css', import.meta.url), 'utf8');
const tokens = readFileSync(new URL('../app/tokens.css', import.meta.url), 'utf8');
const NAMES = Object.keys(STATES) as State[];
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

/** Hue, chroma and lift that states.css gives a state. */
function hueOf(state: State): { hue: number; chroma: number; lift: number } {
  const rule = new RegExp(`data-state="${state}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const value = (name: string) => new RegExp(`--state-${name}: (-?[\\d.]+);`).exec(rule)?.[1];
  if (!value('hue')) throw new Error(`states.css has no colour for ${state}`);
  return {
    hue: Number(value('hue')),
    chroma: Number(value('chroma')),
    lift: Number(value('lift') ?? 0),
  };
}

/** Lightness, and what the chroma is multiplied by, of one of the three colours of a state. */
function formulaOf(property: string, theme: Theme) {
  const body = css.slice(css.indexOf(`${property}: light-dark(`));
  const number = '([\\d.]+)';
  const lightness = `(?:calc\\(${number} \\+ var\\(--state-lift\\)\\)|${number})`;
  const chroma = `(?:calc\\(var\\(--state-chroma\\) \\* ${number}\\)|var\\(--state-chroma\\))`;
  const colour = `oklch\\(\\s*${lightness} ${chroma} var\\(--state-hue\\)(?: / ${number})?\\s*\\)`;
  const sides = [...body.matchAll(new RegExp(colour, 'g'))];
  const side = sides[theme === 'light' ? 0 : 1];
  if (!side) throw new Error(`states.css has no ${property} for ${theme}`);
  return {
    lightness: Number(side[1] ?? side[2]),
    lifted: side[1] !== undefined,
    factor: Number(side[3] ?? 1),
    opacity: Number(side[4] ?? 1),
  };
}

function colourOf(state: State, property: string, theme: Theme) {
  const { hue, chroma, lift } = hueOf(state);
  const { lightness, lifted, factor, opacity } = formulaOf(property, theme);
  return { rgb: linear([lightness + (lifted ? lift : 0), chroma * factor, hue]), opacity };
}

function token(name: string, theme: Theme) {
  const found = new RegExp(
    `--${name}: light-dark\\(\\s*oklch\\(([^)]*)\\),\\s*oklch\\(([^)]*)\\)`,
  ).exec(tokens);
  const text = found?.[theme === 'light' ? 1 : 2];
  if (!text || text.includes('/')) throw new Error(`tokens.css has no opaque --${name}`);
  return linear(text.split(' ').map(Number) as unknown as Oklch);
}

const SURFACES = ['page', 'surface', 'raised', 'sunken'] as const;

describe.each(THEMES)('in the %s theme', (theme) => {
  test.each(NAMES)('the shape of %s stands out from every surface', (state) => {
    const { rgb } = colourOf(state, '--state', theme);
    for (const name of SURFACES)
      expect(contrast(rgb, token(name, theme))).toBeGreaterThanOrEqual(3);
  });

  test.each(NAMES)('the word %s is readable on its own tint, and so is its shape', (state) => {
    const text = colourOf(state, '--state-text', theme).rgb;
    const tint = colourOf(state, '--state-tint', theme);
    for (const name of SURFACES) {
      const ground = upon(token(name, theme), tint.rgb, tint.opacity);
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(['text', 'muted', 'faint', 'accent', 'danger', 'warning'])(
    '%s is readable on every surface',
    (name) => {
      for (const surface of SURFACES) {
        expect(contrast(token(name, theme), token(surface, theme))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test.each(Object.keys(DEFICIENCIES) as (keyof typeof DEFICIENCIES)[])(
    'with %s no two states look alike: another colour or another shape',
    (deficiency) => {
      for (const [one, other] of pairs(NAMES)) {
        const [a, b] = [one, other].map((state) =>
          seenWith(deficiency, colourOf(state, '--state', theme).rgb),
        );
        if (!a || !b) throw new Error('a pair has two');
        const apart = distance(a, b) >= 0.05 || STATES[one].shape !== STATES[other].shape;
        expect(apart, `${one} and ${other}`).toBe(true);
      }
    },
  );

  test.each(Object.keys(DEFICIENCIES) as (keyof typeof DEFICIENCIES)[])(
    'with %s the states seen most are told apart by colour alone, as bars show them',
    (deficiency) => {
      for (const [one, other] of pairs(['RUNNING', 'SUCCESS', 'FAILED'] as const)) {
        const [a, b] = [one, other].map((state) =>
          seenWith(deficiency, colourOf(state, '--state', theme).rgb),
        );
        expect(a && b && distance(a, b), `${one} and ${other}`).toBeGreaterThanOrEqual(0.05);
      }
    },
  );
});

function pairs<T>(names: readonly T[]): [T, T][] {
  return names.flatMap((one, index) => names.slice(index + 1).map((other): [T, T] => [one, other]));
}

test('failed has the strongest chroma of all', () => {
  const strongest = NAMES.toSorted((a, b) => hueOf(b).chroma - hueOf(a).chroma)[0];
  expect(strongest).toBe('FAILED');
});

test('every shape is drawn, and no two states share shape and hue', () => {
  for (const { shape } of Object.values(STATES))
    expect(SHAPES[shape].line ?? SHAPES[shape].area).toBeTruthy();
  const looks = NAMES.map((state) => `${STATES[state].shape} ${hueOf(state).hue}`);
  expect(new Set(looks).size).toBe(NAMES.length);
});

test('every state of the API has a look', () => {
  const schema = readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8');
  for (const name of ['ExecutionState', 'TaskRunState']) {
    const body = new RegExp(`^enum ${name} \\{([^}]*)\\}`, 'm').exec(schema)?.[1] ?? '';
    const states = [...body.matchAll(/^ {2}([A-Z]+)$/gm)].map((found) => found[1] ?? '');
    expect(states.length).toBeGreaterThan(10);
    expect(states.filter((state) => !isState(state))).toEqual([]);
  }
});
