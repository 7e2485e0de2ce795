import { useSyncExternalStore } from 'react';
import { forgetPalette } from '../states/palette';

/** Light, dark, or as the system has it; the choice is kept in this browser. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'flowdeck.theme';
const listeners = new Set<() => void>();

/** The choice that is kept. */
export const keptTheme = (): Theme => {
  const word = localStorage.getItem(KEY);
  return word === 'light' || word === 'dark' ? word : 'system';
};

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  forgetPalette();
  for (const tell of listeners) tell();
}

/** Puts the kept choice in force and follows the system's changes. */
export function startTheme(): void {
  show(keptTheme());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', forgetPalette);
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  show(theme);
}

export function useTheme(): Theme {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, keptTheme);
}
