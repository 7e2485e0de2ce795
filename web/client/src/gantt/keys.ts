/** What the keys of the Gantt do, as words: the tab carries them out. */

export type GanttCommand =
  | { readonly do: 'move'; readonly by: number }
  | { readonly do: 'jump'; readonly to: 'first' | 'last' }
  | { readonly do: 'open' | 'close' | 'select' | 'clear' | 'fit' | 'critical' | 'reveal' }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'pan'; readonly share: number };

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PLAIN: Readonly<Record<string, GanttCommand>> = {
  ArrowDown: { do: 'move', by: 1 },
  ArrowUp: { do: 'move', by: -1 },
  PageDown: { do: 'move', by: 12 },
  PageUp: { do: 'move', by: -12 },
  j: { do: 'move', by: 1 },
  k: { do: 'move', by: -1 },
  Home: { do: 'jump', to: 'first' },
  End: { do: 'jump', to: 'last' },
  ArrowRight: { do: 'open' },
  ArrowLeft: { do: 'close' },
  Enter: { do: 'select' },
  ' ': { do: 'select' },
  Escape: { do: 'clear' },
  f: { do: 'fit' },
  c: { do: 'critical' },
  z: { do: 'reveal' },
  '+': { do: 'zoom', factor: 1.5 },
  '=': { do: 'zoom', factor: 1.5 },
  '-': { do: 'zoom', factor: 1 / 1.5 },
};

const SHIFTED: Readonly<Record<string, GanttCommand>> = {
  ArrowRight: { do: 'pan', share: 0.2 },
  ArrowLeft: { do: 'pan', share: -0.2 },
  '+': { do: 'zoom', factor: 1.5 },
};

export function commandOf(pressed: Pressed): GanttCommand | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  return (pressed.shiftKey ? SHIFTED : PLAIN)[pressed.key] ?? null;
}
