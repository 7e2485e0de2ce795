import { type ReactNode, useId, useRef, useState } from 'react';
import { Button, type ButtonProps } from './Button';
import { Icon } from './Icon';
import type { IconName } from './icons';
import { place } from './place';
import { walk } from './roving';

interface Props extends ButtonProps {
  align?: 'start' | 'end';
  /** What the popover shows; called only while it is open. */
  items: () => ReactNode;
}

/** A button that opens a menu. Arrows walk it, Escape closes it, focus returns to the button. */
export function Menu({ align = 'start', items, ...button }: Props) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        ref={trigger}
        aria-haspopup="menu"
        aria-expanded={open}
        popoverTarget={id}
        {...button}
      />
      <div
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={button['aria-label']}
        className="floating menu"
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState !== 'open' || !trigger.current) return;
          place(trigger.current, event.currentTarget, align);
          requestAnimationFrame(() =>
            document.getElementById(id)?.querySelector<HTMLElement>(ITEM)?.focus(),
          );
        }}
        onKeyDown={(event) => walk(event, ITEM)}
      >
        {open && items()}
      </div>
    </>
  );
}

const ITEM = '[role^="menuitem"]:not(:disabled)';

interface ItemProps {
  icon?: IconName;
  danger?: boolean;
  /** Shows a tick and keeps the menu open, unless it `closes`. */
  checked?: boolean;
  closes?: boolean;
  note?: string;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({
  icon,
  danger = false,
  checked,
  closes = checked === undefined,
  note,
  onSelect,
  children,
}: ItemProps) {
  const select = (element: HTMLElement) => {
    if (closes) element.closest<HTMLElement>('[popover]')?.hidePopover();
    onSelect();
  };
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a checked item has the role menuitemcheckbox
    <button
      type="button"
      tabIndex={-1}
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={checked}
      className={danger ? 'menu-item danger' : 'menu-item'}
      onClick={(event) => select(event.currentTarget)}
    >
      {checked !== undefined && (
        <span className="tick">{checked && <Icon name="done" size={14} />}</span>
      )}
      {icon && <Icon name={icon} size={14} />}
      <span>{children}</span>
      {note && <span className="faint note">{note}</span>}
    </button>
  );
}
