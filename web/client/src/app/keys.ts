import { useEffect, useRef } from 'react';

type Action = (event: KeyboardEvent) => void;

const BOXES = /^(?:checkbox|radio)$/;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement
    ? !BOXES.test(target.type)
    : target instanceof HTMLElement &&
      (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));

/** `Ctrl+S` (the command key counts as Ctrl), `/`, `j`, `ArrowDown`. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>): string {
  if (!event.ctrlKey && !event.metaKey) return event.key;
  return `Ctrl+${event.key.length === 1 ? event.key.toUpperCase() : event.key}`;
}

/** Keys that do something while this part is on screen. A dialog keeps all keys to itself, and plain ones are left to whoever is typing. */
export function useKeys(actions: Record<string, Action | undefined>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const name = keyName(event);
      const action = latest.current[name];
      if (!action || event.defaultPrevented || event.altKey) return;
      if (document.querySelector('dialog[open]')) return;
      const plain = !name.startsWith('Ctrl+');
      if (plain && (typing(event.target) || document.querySelector('[popover]:popover-open')))
        return;
      event.preventDefault();
      action(event);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
