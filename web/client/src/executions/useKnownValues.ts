import { useMemo } from 'react';
import { useQuery } from 'urql';
import { FilterValuesDocument } from '../gql/first/graphql';
import type { Known } from './suggest';

/** The names the filter field completes with. */
export function useKnownValues(): Known {
  const [{ data }] = useQuery({ query: FilterValuesDocument });
  return useMemo(() => {
    const flows = data?.flows.nodes ?? [];
    const labels = flows.flatMap((flow) => flow.labels.map(({ key, value }) => `${key}:${value}`));
    return {
      namespaces: (data?.namespaces ?? []).map(({ name }) => name),
      flows: [...new Set(flows.map(({ flowId }) => flowId))],
      labels: [...new Set(labels)],
    };
  }, [data]);
}
