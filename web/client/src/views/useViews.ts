import { useEffect, useMemo } from 'react';
import { useQuery } from 'urql';
import {
  DeleteExecutionViewDocument,
  ExecutionViewsDocument,
  SaveExecutionViewDocument,
  type SaveViewInput,
} from '../gql/graphql';
import { client } from '../graphql/client';
import { problemOf } from '../ui/problem';
import { followFirstView } from './first';
import { type View, viewOf } from './views';

export interface Views {
  readonly views: readonly View[];
  readonly problem: string | null;
  /** Each answers null when it went well, else what stopped it. */
  readonly save: (input: SaveViewInput) => Promise<string | null>;
  readonly remove: (view: View) => Promise<string | null>;
}

export function useViews(): Views {
  const [{ data, error }, again] = useQuery({
    query: ExecutionViewsDocument,
    requestPolicy: 'cache-and-network',
  });
  const views = useMemo(() => data?.savedViews.map(viewOf) ?? [], [data]);
  useEffect(() => {
    if (data) followFirstView(views);
  }, [data, views]);
  const settled = (problem: string | null | undefined): string | null => {
    again({ requestPolicy: 'network-only' });
    return problem || null;
  };
  return {
    views,
    problem: error && !data ? problemOf(error) : null,
    save: async (input) => {
      const { data, error } = await client.mutation(SaveExecutionViewDocument, { input });
      return settled(error ? problemOf(error) : wrongs(data?.saveView.userErrors));
    },
    remove: async ({ id }) => {
      const { data, error } = await client.mutation(DeleteExecutionViewDocument, { input: { id } });
      return settled(error ? problemOf(error) : wrongs(data?.deleteView.userErrors));
    },
  };
}

const wrongs = (errors: readonly { message: string }[] | undefined): string | undefined =>
  errors?.map(({ message }) => message).join(' ');
