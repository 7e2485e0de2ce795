import './shell.css';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ExecutionsPage } from '../executions/ExecutionsPage';
import { Empty } from '../ui/Empty';
import { useToasts } from '../ui/toasts';
import { ErrorBoundary } from './ErrorBoundary';
import { useKeys } from './keys';
import { leaveOverlay, showOverlay, useOverlay } from './overlay';
import { Page } from './Page';
import { Rail } from './Rail';

const ExecutionPage = lazy(() => import('../executions/ExecutionPage'));
const FlowsPage = lazy(() => import('../flows/FlowsPage'));
const NewFlowPage = lazy(() => import('../flows/NewFlowPage'));
const FlowPage = lazy(() => import('../flows/FlowPage'));
const BulkTray = lazy(() => import('../bulk/BulkTray'));
const OVERLAYS = {
  search: lazy(() => import('./CommandPalette')),
  keys: lazy(() => import('./KeysDialog')),
  graphql: lazy(() => import('./GraphqlDialog')),
};

export function App() {
  const [path] = useLocation();
  const overlay = useOverlay();
  const Overlay = overlay && OVERLAYS[overlay];
  useKeys({
    'Ctrl+K': () => showOverlay('search'),
    '?': () => showOverlay('keys'),
    q: () => showOverlay('graphql'),
  });
  return (
    <div className="shell">
      <Rail />
      <ErrorBoundary place={path}>
        <Suspense fallback={<main className="page" />}>
          <Places />
        </Suspense>
      </ErrorBoundary>
      <Suspense>{Overlay && <Overlay onClose={() => leaveOverlay(overlay)} />}</Suspense>
      <Suspense>
        <BulkTray />
      </Suspense>
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
