import { useQuery } from 'urql';
import { FlowDependenciesDocument } from '../gql/graphql';
import { Notice } from '../ui/Notice';
import { problemOf } from '../ui/problem';
import { DependencyView } from './DependencyView';
import { DEPTH } from './dependencyGraph';

/** Which flows a flow depends on, and which depend on it. */
export default function FlowDependencies(flow: { namespace: string; flowId: string }) {
  const [{ data, error }] = useQuery({
    query: FlowDependenciesDocument,
    variables: { namespace: flow.namespace, flowId: flow.flowId, depth: DEPTH },
    requestPolicy: 'cache-and-network',
  });
  if (data) return <DependencyView parts={data.dependencies} live={false} />;
  if (error) return <Notice title={problemOf(error)} />;
  return <div className="topology-page" aria-busy="true" />;
}
