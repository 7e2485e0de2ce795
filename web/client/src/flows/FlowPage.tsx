import './flows.css';
import { lazy, Suspense, useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { useKeys } from '../app/keys';
import { type Crumb, Page } from '../app/Page';
import { flowHref } from '../app/places';
import { useDependencyCount } from '../dependencies/useDependencyCount';
import { Executions } from '../executions/ExecutionsPage';
import { FlowDetailsDocument, type FlowDetailsQuery } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { Tabs } from '../ui/Tabs';
import { ExecuteDialog } from './ExecuteDialog';
import { FlowMenu } from './FlowMenu';
import { Revisions } from './Revisions';

const FlowEditor = lazy(() => import('./FlowEditor'));
const TriggersTab = lazy(() => import('../triggers/TriggersTab'));
const FlowDependencies = lazy(() => import('../dependencies/FlowDependencies'));

const TABS = [
  { id: 'edit', title: 'Edit' },
  { id: 'executions', title: 'Executions' },
  { id: 'triggers', title: 'Triggers' },
  { id: 'revisions', title: 'Revisions' },
  { id: 'dependencies', title: 'Dependencies' },
];

export type Flow = NonNullable<FlowDetailsQuery['flow']>;

interface Props {
  namespace: string;
  flowId: string;
  tab: string;
}

/** One flow: its YAML beside its graph, its executions, its revisions. */
export default function FlowPage({ namespace, flowId, tab }: Props) {
  const [{ data, error, fetching }, again] = useQuery({
    query: FlowDetailsDocument,
    variables: { namespace, flowId },
    requestPolicy: 'cache-and-network',
  });
  const related = useDependencyCount({ namespace, flowId });
  const [executing, setExecuting] = useState(false);
  const flow = data?.flow;
  const reload = () => again({ requestPolicy: 'network-only' });
  useKeys({ 'Ctrl+Enter': flow && tab !== 'edit' ? () => setExecuting(true) : undefined });
  return (
    <Page
      title={flowId}
      crumbs={crumbs(namespace)}
      mark={flow?.disabled ? <span className="faint">switched off</span> : null}
      actions={
        flow && (
          <>
            <FlowMenu flow={flow} onChange={reload} />
            <Button
              look="primary"
              icon="play"
              keys="Ctrl ⏎"
              disabled={flow.disabled}
              onClick={() => setExecuting(true)}
            >
              Execute
            </Button>
          </>
        )
      }
      tabs={
        <Tabs
          label="Flow"
          tabs={TABS.map((each) =>
            each.id === 'dependencies' ? { ...each, count: related } : each,
          )}
          current={tab}
          href={(id) => flowHref(namespace, flowId, id)}
        />
      }
    >
      {error && !flow && (
        <div className="page-problem">
          <Notice title={problemOf(error)} action={<Button onClick={reload}>Try again</Button>} />
        </div>
      )}
      {!flow && !fetching && !error && <NoFlow namespace={namespace} flowId={flowId} />}
      {flow && tab === 'edit' && (
        <Suspense>
          <FlowEditor flow={flow} onSaved={reload} onExecute={() => setExecuting(true)} />
        </Suspense>
      )}
      {tab === 'executions' && <Executions fixed={fixedTo(namespace, flowId)} hidden={HIDDEN} />}
      {tab === 'triggers' && (
        <Suspense>
          <TriggersTab namespace={namespace} flowId={flowId} />
        </Suspense>
      )}
      {tab === 'revisions' && <Revisions namespace={namespace} flowId={flowId} />}
      {flow && tab === 'dependencies' && (
        <Suspense>
          <FlowDependencies namespace={namespace} flowId={flowId} />
        </Suspense>
      )}
      {executing && flow && <ExecuteDialog flow={flow} onClose={() => setExecuting(false)} />}
    </Page>
  );
}

const HIDDEN = ['namespace', 'flow'] as const;

export const crumbs = (namespace: string): Crumb[] => [
  { text: 'Flows', href: '/flows' },
  { text: namespace, href: `/flows?namespace=${encodeURIComponent(namespace)}` },
];

const fixedTo = (namespace: string, flowId: string) =>
  [
    { kind: 'namespace', not: false, match: 'is', values: [namespace] },
    { kind: 'flow', not: false, match: 'is', value: flowId },
  ] as const;

function NoFlow({ namespace, flowId }: { namespace: string; flowId: string }) {
  return (
    <Empty
      title={`There is no flow ${flowId} in ${namespace}`}
      action={
        <>
          <Button look="primary" onClick={() => navigate('/flows/new')}>
            Write it
          </Button>
          <Link href="/flows">All flows</Link>
        </>
      }
    >
      It was never saved, or it was deleted. Its executions can still be read.
    </Empty>
  );
}
