import { Fragment, type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/Button';
import { showOverlay } from './overlay';

export interface Crumb {
  readonly text: string;
  readonly href?: string;
}

interface Props {
  title: string;
  /** The way here; the page's own name stands last and is the heading. */
  crumbs?: readonly Crumb[];
  /** Beside the heading: the state. */
  mark?: ReactNode;
  actions?: ReactNode;
  tabs?: ReactNode;
  /** The body fills the page and scrolls in itself. */
  children: ReactNode;
}

/** Every page: a header that stays, and a body. */
export function Page({ title, crumbs = [], mark, actions, tabs, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Flowdeck`;
  }, [title]);
  return (
    <main className="page">
      <header className={tabs ? 'page-header with-tabs' : 'page-header'}>
        <div className="page-line">
          <div className="page-name">
            {crumbs.map(({ text, href }) => (
              <Fragment key={text}>
                {href ? <Link href={href}>{text}</Link> : <span>{text}</span>}
                <span className="crumb-rule" aria-hidden="true">
                  /
                </span>
              </Fragment>
            ))}
            <h1 className={crumbs.length > 0 ? 'crumb-title' : undefined}>{title}</h1>
            {mark}
          </div>
          <div className="page-actions">
            {actions}
            <Button
              look="quiet"
              icon="playground"
              className="page-graphql"
              aria-label="The GraphQL of this page"
              onClick={() => showOverlay('graphql')}
            />
          </div>
        </div>
        {tabs}
      </header>
      <div className="page-body">{children}</div>
    </main>
  );
}
