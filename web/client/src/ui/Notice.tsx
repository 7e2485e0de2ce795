import type { ReactNode } from 'react';
import { Icon } from './Icon';
import type { IconName } from './icons';

interface Props {
  kind?: 'problem' | 'warning' | 'hint';
  title: string;
  /** What to do about it. */
  children?: ReactNode;
  action?: ReactNode;
}

const ICON: Record<NonNullable<Props['kind']>, IconName> = {
  problem: 'warning',
  warning: 'warning',
  hint: 'info',
};

/** What went wrong, where it went wrong, and how to mend it. */
export function Notice({ kind = 'problem', title, children, action }: Props) {
  return (
    <div className={`notice ${kind}`} role={kind === 'hint' ? 'status' : 'alert'}>
      <Icon name={ICON[kind]} />
      <div>
        <strong>{coded(title)}</strong>
        {children && (
          <div className="notice-body">
            {typeof children === 'string' ? coded(children) : children}
          </div>
        )}
      </div>
      {action}
    </div>
  );
}

/** What the API puts between backticks is code. */
const coded = (text: string): ReactNode =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? <code key={part}>{part.slice(1, -1)}</code> : part));
