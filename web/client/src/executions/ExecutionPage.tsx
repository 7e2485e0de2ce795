import './execution.css';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useQuery } from 'urql';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { ErrorBoundary } from '../app/ErrorBoundary';
import { useKeys } from '../app/keys';
import { Page } from '../app/Page';
import { executionHref, flowHref, shortId } from '../app/places';
import { useDependencyCount } from '../dependencies/useDependencyCount';
import { ExecutionDetailsDocument } from '../gql/graphql';
import { LiveBadge } from '../live/LiveBadge';
import { RunCount } from '../live/RunCount';
import { useExecution, useHealth, useLiveExecution } from '../live/useLive';
import { StateBadge } from '../states/StateBadge';
import { Copy } from '../ui/Copy';
import { Empty } from '../ui/Empty';
import { Notice } from '../ui/Notice';
import { Tabs } from '../ui/Tabs';
import { ActionBar } from './ActionBar';
import { Overview } from './Overview';

const BODIES = {
  gantt: lazy(() => import('../gantt/GanttTab')),
  topology: lazy(() => import('../topology/TopologyTab')),
  logs: lazy(() => import('../logs/LogsTab')),
  outputs: lazy(() => import('../outputs/OutputsTab')),
  metrics: lazy(() => import('../metrics/MetricsTab')),
  dependencies: lazy(() => import('../dependencies/DependenciesTab')),
};
const TaskRunDrawer = lazy(() => import('../taskrun/TaskRunDrawer'));

const SETTLE_MS = 60;

/** What the store does not hold (labels, inputs, what can be done), asked again whenever the execution has changed. */
function useDetails(id: string, change: unknown) {
  const [{ data }, again] = useQuery({ query: ExecutionDetailsDocument, variables: { id } });
  useEffect(() => {
    if (!change) return;
    const timer = setTimeout(() => again({ requestPolicy: 'network-only' }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [change, again]);
  return {
    details: data?.execution ?? null,
    reload: () => again({ requestPolicy: 'network-only' }),
  };
}

/** One execution: its head, and a tab for each way to look at it. What is selected goes from tab to tab in the address. */
export default function ExecutionPage({ id, tab }: { id: string; tab: string }) {
  const live = useLiveExecution(id);
  const record = useExecution(live);
  const { phase } = useHealth(live);
  const { details, reload } = useDetails(id, record);
  const [problem, setProblem] = useState<string | null>(null);
  const search = useSearch();
  const task = new URLSearchParams(search).get('task');
  const related = useDependencyCount(record);
  const tabs = [
    { id: 'overview', title: 'Overview' },
    { id: 'gantt', title: 'Gantt', count: record && <RunCount live={live} /> },
    { id: 'topology', title: 'Topology' },
    { id: 'logs', title: 'Logs' },
    { id: 'outputs', title: 'Outputs' },
    { id: 'metrics', title: 'Metrics' },
    { id: 'dependencies', title: 'Dependencies', count: related },
  ];
  const href = (to: string) =>
    executionHref(id, to) + (task ? `?task=${encodeURIComponent(task)}` : '');
  useKeys(
    Object.fromEntries(
      tabs.map((each, index) => [String(index + 1), () => navigate(href(each.id))]),
    ),
  );

  if (phase.name === 'gone') return <Gone id={id} problem={phase.problem} />;
  const head = record ?? details;
  const Body = Object.hasOwn(BODIES, tab) ? BODIES[tab as keyof typeof BODIES] : null;
  return (
    <Page
      title={shortId(id)}
      crumbs={[
        { text: 'Executions', href: '/executions' },
        ...(head
          ? [
              {
                text: head.namespace,
                href: `/flows?namespace=${encodeURIComponent(head.namespace)}`,
              },
            ]
          : []),
        ...(head ? [{ text: head.flowId, href: flowHref(head.namespace, head.flowId) }] : []),
      ]}
      mark={
        <>
          <Copy text={id} label="Copy the id" />
          {head && <StateBadge state={head.state} />}
          <LiveBadge live={live} />
        </>
      }
      actions={details && <ActionBar execution={details} onProblem={setProblem} onDone={reload} />}
      tabs={<Tabs label="Execution" tabs={tabs} current={tab} href={href} />}
    >
      <div className="execution-body">
        <div className="execution-tab">
          {problem && (
            <div className="execution-notice">
              <Notice title={problem} />
            </div>
          )}
          <ErrorBoundary place={tab}>
            <Suspense>
              {Body ? (
                <Body executionId={id} />
              ) : (
                <Overview id={id} details={details} record={record} />
              )}
            </Suspense>
          </ErrorBoundary>
        </div>
        <Suspense>{task && <TaskRunDrawer executionId={id} />}</Suspense>
      </div>
    </Page>
  );
}

function Gone({ id, problem }: { id: string; problem: string }) {
  return (
    <Page title={shortId(id)} crumbs={[{ text: 'Executions', href: '/executions' }]}>
      <Empty
        title="There is no such execution"
        action={
          <a className="button primary" href="/executions">
            All executions
          </a>
        }
      >
        {problem} It was deleted, or the address is not right.
      </Empty>
    </Page>
  );
}
