import type { ReactNode } from 'react';

/** A place where nothing is yet: says what will be here and offers the one next step. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <svg viewBox="0 0 120 56" width="120" height="56" aria-hidden="true">
        <path d="M8 12h36M24 28h64M52 44h28" />
      </svg>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
