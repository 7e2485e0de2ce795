import type { ReactNode } from 'react';
import { Icon } from './Icon';

interface Props {
  onPress?: () => void;
  title?: string;
  onRemove?: () => void;
  removeLabel?: string;
  problem?: boolean;
  children: ReactNode;
}

/** A small thing with a name: a label, a part of a filter. */
export function Chip({ onPress, title, onRemove, removeLabel, problem = false, children }: Props) {
  return (
    <span className={problem ? 'chip problem' : 'chip'} title={title}>
      {onPress ? (
        <button type="button" onClick={onPress}>
          {children}
        </button>
      ) : (
        <span>{children}</span>
      )}
      {onRemove && (
        <button type="button" className="chip-remove" aria-label={removeLabel} onClick={onRemove}>
          <Icon name="close" size={10} />
        </button>
      )}
    </span>
  );
}
