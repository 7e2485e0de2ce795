/** Puts a floating element under its anchor (above when there is no room), inside the window. */
export function place(
  anchor: Element,
  floating: HTMLElement,
  align: 'start' | 'end' = 'start',
): void {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const left = align === 'end' ? from.right - width : from.left;
  const below = from.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, from.top - 4 - height) : below;
  floating.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  floating.style.top = `${top}px`;
}
