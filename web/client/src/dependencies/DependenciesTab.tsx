import { Notice } from '../ui/Notice';
import { DependencyView } from './DependencyView';
import { useRelated } from './useRelated';

/** The executions that one came from and those that came from it, on the graph of their flows, live. */
export default function DependenciesTab({ executionId }: { executionId: string }) {
  const { parts, problem } = useRelated(executionId);
  if (parts === null)
    return problem ? (
      <Notice title={problem} />
    ) : (
      <div className="topology-page" aria-busy="true" />
    );
  return <DependencyView parts={parts} live />;
}
