import { Fragment, type ReactNode } from 'react';
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
function coded(text: string): ReactNode {
  const parts = text.split('`');
  return parts.map((part, at) => {
    const key = parts.slice(0, at + 1).join('`');
    return at % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>;
  });
}
