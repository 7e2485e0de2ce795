import { lazy, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { ExecutionsPage } from '../executions/ExecutionsPage';

const ExecutionPage = lazy(() => import('../executions/ExecutionPage'));

export function App() {
  return (
    <Suspense>
      <Switch>
        <Route path="/">
          <Redirect to="/executions" replace />
        </Route>
        <Route path="/executions" component={ExecutionsPage} />
        <Route path="/executions/:id/:tab?">
          {({ id, tab }) => <ExecutionPage id={id} tab={tab ?? 'overview'} />}
        </Route>
      </Switch>
    </Suspense>
  );
}
