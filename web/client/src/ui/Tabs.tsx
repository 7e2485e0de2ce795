import './Tabs.css';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';

export interface Tab {
  readonly id: string;
  readonly title: string;
  /** A number, or what shows one that changes by itself; nothing while it is not known. */
  readonly count?: ReactNode;
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
  const bar = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one is brought into sight where the bar is narrower than its tabs
  useEffect(() => {
    bar.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [current]);
  return (
    <nav ref={bar} className="tabs" aria-label={label}>
      {tabs.map(({ id, title, count }) => (
        <Link key={id} href={href(id)} aria-current={id === current ? 'page' : undefined}>
          {title}
          {count != null && <span className="count number">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
