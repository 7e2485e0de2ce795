/** Walk columns of buttons by arrows: up and down within one, left and right between them. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const SIDES: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Whether the key meant a move, made or not. */
export function moved(frame: HTMLElement, target: EventTarget, key: string): boolean {
  if (!(target instanceof HTMLButtonElement)) return false;
  const lists = [...frame.querySelectorAll<HTMLElement>('.drill-column')];
  const at = lists.findIndex((list) => list.contains(target));
  if (at < 0) return false;
  const step = STEPS[key];
  if (step !== undefined) {
    const buttons = [...(lists[at]?.querySelectorAll('button') ?? [])];
    buttons[buttons.indexOf(target) + step]?.focus();
    return true;
  }
  const side = SIDES[key];
  if (side === undefined) return false;
  const next = lists[at + side];
  const goal = next?.querySelector<HTMLElement>('[aria-current]') ?? next?.querySelector('button');
  goal?.focus();
  return true;
}
