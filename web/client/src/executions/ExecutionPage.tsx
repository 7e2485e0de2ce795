import { lazy, Suspense } from 'react';

const TABS = {
  gantt: lazy(() => import('../gantt/GanttTab')),
  topology: lazy(() => import('../topology/TopologyTab')),
  logs: lazy(() => import('../logs/LogsTab')),
};

export default function ExecutionPage({ id, tab }: { id: string; tab: string }) {
  const Body = Object.hasOwn(TABS, tab) ? TABS[tab as keyof typeof TABS] : null;
  return (
    <main>
      <h1>{id}</h1>
      <Suspense>{Body && <Body executionId={id} />}</Suspense>
    </main>
  );
}
