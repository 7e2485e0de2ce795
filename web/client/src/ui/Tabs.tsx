import './Tabs.css';
import { Link } from 'wouter';

export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly count?: number | null;
}

interface Props {
  tabs: readonly Tab[];
  current: string;
  /** The address of a tab; what is selected goes along. */
  href: (id: string) => string;
  label: string;
}

/** Tabs that are addresses. */
export function Tabs({ tabs, current, href, label }: Props) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ id, title, count }) => (
        <Link key={id} href={href(id)} aria-current={id === current ? 'page' : undefined}>
          {title}
          {typeof count === 'number' && <span className="count number">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
