import './shell.css';
import { lazy, Suspense, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ExecutionsPage } from '../executions/ExecutionsPage';
import { Empty } from '../ui/Empty';
import { useToasts } from '../ui/toasts';
import { ErrorBoundary } from './ErrorBoundary';
import { useKeys } from './keys';
import { Page } from './Page';
import { Rail } from './Rail';

const ExecutionPage = lazy(() => import('../executions/ExecutionPage'));
const FlowsPage = lazy(() => import('../flows/FlowsPage'));
const NewFlowPage = lazy(() => import('../flows/NewFlowPage'));
const FlowPage = lazy(() => import('../flows/FlowPage'));
const CommandPalette = lazy(() => import('./CommandPalette'));

export function App() {
  const [searching, setSearching] = useState(false);
  const [path] = useLocation();
  useKeys({ 'Ctrl+K': () => setSearching(true) });
  return (
    <div className="shell">
      <Rail onSearch={() => setSearching(true)} />
      <ErrorBoundary place={path}>
        <Suspense fallback={<main className="page" />}>
          <Places />
        </Suspense>
      </ErrorBoundary>
      <Suspense>{searching && <CommandPalette onClose={() => setSearching(false)} />}</Suspense>
      <Toasts />
    </div>
  );
}

function Places() {
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/executions" replace />
      </Route>
      <Route path="/executions" component={ExecutionsPage} />
      <Route path="/executions/:id/:tab?">
        {({ id, tab }) => <ExecutionPage key={id} id={id} tab={tab ?? 'overview'} />}
      </Route>
      <Route path="/flows" component={FlowsPage} />
      <Route path="/flows/new" component={NewFlowPage} />
      <Route path="/flows/:namespace/:flowId/:tab?">
        {({ namespace, flowId, tab }) => (
          <FlowPage
            key={`${namespace}/${flowId}`}
            namespace={namespace}
            flowId={flowId}
            tab={tab ?? 'edit'}
          />
        )}
      </Route>
      <Route>
        <Page title="Nothing here">
          <Empty title="There is no such page">
            The address leads nowhere. Executions and flows are on the left.
          </Empty>
        </Page>
      </Route>
    </Switch>
  );
}

function Toasts() {
  const toasts = useToasts();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, href }) => (
        <div key={id} className="toast">
          {text}
          {href && <a href={href}>Open</a>}
        </div>
      ))}
    </div>
  );
}
