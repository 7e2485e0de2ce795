import { useQuery } from 'urql';
import { DependencyCountDocument } from '../gql/graphql';
import { DEPTH } from './dependencyGraph';

/** How many other flows a flow has to do with; null until it is known. */
export function useDependencyCount(flow: { namespace: string; flowId: string } | null) {
  const [{ data }] = useQuery({
    query: DependencyCountDocument,
    variables: { namespace: flow?.namespace ?? '', flowId: flow?.flowId ?? '', depth: DEPTH },
    pause: flow === null,
  });
  return data ? data.dependencies.nodes.length - 1 : null;
}
