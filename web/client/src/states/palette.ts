import { useSyncExternalStore } from 'react';
import { STATES, type State } from './states';

/** Colours a canvas can use, resolved for the theme in force. */
export interface Palette {
  readonly state: Readonly<Record<State, string>>;
  readonly tint: Readonly<Record<State, string>>;
  readonly token: (name: string) => string;
}

const probe = (write: (element: HTMLElement) => void): string => {
  const element = document.createElement('span');
  element.hidden = true;
  write(element);
  document.body.append(element);
  const { color } = getComputedStyle(element);
  element.remove();
  return color;
};

function read(): Palette {
  const each = (property: string) =>
    Object.fromEntries(
      Object.keys(STATES).map((state) => [
        state,
        probe((element) => {
          element.dataset.state = state;
          element.style.color = `var(${property})`;
        }),
      ]),
    ) as Record<State, string>;
  const tokens = new Map<string, string>();
  return {
    state: each('--state'),
    tint: each('--state-tint'),
    token: (name) => {
      const known = tokens.get(name);
      if (known) return known;
      const colour = probe((element) => {
        element.style.color = `var(${name})`;
      });
      tokens.set(name, colour);
      return colour;
    },
  };
}

let current: Palette | null = null;
const listeners = new Set<() => void>();

/** Call when the theme has changed: canvases draw themselves again. */
export function forgetPalette(): void {
  current = null;
  for (const tell of listeners) tell();
}

export function palette(): Palette {
  current ??= read();
  return current;
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const usePalette = (): Palette => useSyncExternalStore(subscribe, palette);
