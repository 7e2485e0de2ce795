import type { ComponentProps } from 'react';
import { Icon } from './Icon';
import type { IconName } from './icons';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: 'plain' | 'primary' | 'danger' | 'quiet';
  icon?: IconName;
  /** The key that does the same, shown at the end. */
  keys?: string;
}

/** A button. With `aria-label` and no children it is a square with its icon. */
export function Button({ look = 'plain', icon, keys, className, children, ...rest }: ButtonProps) {
  const classes = ['button', look, children ? '' : 'square', className ?? ''];
  return (
    <button
      type="button"
      title={children ? undefined : rest['aria-label']}
      className={classes.filter(Boolean).join(' ')}
      {...rest}
    >
      {icon && <Icon name={icon} size={14} />}
      {children}
      {keys && <Keys>{keys}</Keys>}
    </button>
  );
}

export function Keys({ children }: { children: string }) {
  return <kbd className="keys">{children}</kbd>;
}
