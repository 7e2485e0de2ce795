import {
  type ExecutionFilter,
  type ExecutionRowFragment,
  ExecutionsPageDocument,
  type ExecutionsPageQuery,
  ExecutionsStreamDocument,
  type ExecutionsStreamSubscription,
} from '../gql/first/graphql';
import { serverClock } from '../live/clock';
import type { ListItem, ListSource } from '../live/list';
import { ask, follow } from '../live/request';
import { orderBy, pageOf, type View } from './view';

export type Row = ExecutionRowFragment;
export type PageFacts = Pick<ExecutionsPageQuery['executions'], 'pageInfo' | 'count'>;

export interface ListRequest {
  readonly filter: ExecutionFilter | null;
  readonly view: View;
  readonly withInputs: boolean;
}

/** The server as the source of one page of executions; `told` gets what the page knows of its place. */
export function listSource(
  { filter, view, withInputs }: ListRequest,
  told: (facts: PageFacts) => void,
): ListSource<Row> {
  const variables = { filter: filter ?? undefined, withInputs };
  return {
    async snapshot() {
      const { executions } = await ask(ExecutionsPageDocument, {
        ...variables,
        ...pageOf(view),
        orderBy: orderBy(view),
      });
      told(executions);
      return { entries: executions.nodes, cursor: executions.streamCursor };
    },
    open: (place, sink) =>
      follow(ExecutionsStreamDocument, Object.assign(place, variables), itemOf, sink),
  };
}

function itemOf({ executions: item }: ExecutionsStreamSubscription): ListItem<Row> | null {
  switch (item.__typename) {
    case 'ExecutionChanged':
      serverClock.observe(Date.parse(item.at));
      return { kind: 'entry', cursor: item.cursor, entry: item.execution, belongs: item.matches };
    case 'StreamHeartbeat':
      serverClock.observe(Date.parse(item.at));
      return { kind: 'heartbeat', cursor: item.cursor, at: Date.parse(item.at), lag: 0 };
    case 'StreamReset':
      return { kind: 'reset', cursor: item.cursor, reason: item.reason };
    case 'ExecutionRemoved':
      return { kind: 'reset', cursor: item.cursor, reason: 'An execution was deleted.' };
    default:
      return null;
  }
}
