import { useMemo } from 'react';
import { useQuery } from 'urql';
import { UsualDurationsDocument } from '../gql/graphql';
import { fromIso } from '../ui/duration';
import { type Usual, usualOf } from './usual';

/** How long the tasks of this execution usually take, from the flow's last executions but this one. */
export function useUsual(executionId: string): ReadonlyMap<string, Usual> {
  const [{ data }] = useQuery({ query: UsualDurationsDocument, variables: { id: executionId } });
  return useMemo(() => {
    const earlier = data?.execution?.recent.filter(({ id }) => id !== executionId) ?? [];
    return usualOf(
      earlier
        .flatMap(({ taskRuns }) => taskRuns.nodes)
        .flatMap(({ taskId, value, state, duration }) =>
          state === 'SUCCESS' && duration ? [{ taskId, value, ms: fromIso(duration) }] : [],
        ),
    );
  }, [data, executionId]);
}
