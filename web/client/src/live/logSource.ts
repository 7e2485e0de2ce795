/** The server as the source of live logs, for one filter. */
import {
  type LogFilter,
  type LogLinePartsFragment,
  LogPageDocument,
  LogStreamDocument,
  type LogStreamSubscription,
} from '../gql/graphql';
import { fromIso } from '../ui/duration';
import type { LogItem, LogLine, LogSource } from './logs';
import { instant } from './records';
import { ask, follow } from './request';

export function logSource(filter: LogFilter): LogSource {
  return {
    async page(count, { upTo, before }) {
      const bounded = upTo === null ? filter : { ...filter, at: { lte: moment(upTo) } };
      const { logs } = await ask(LogPageDocument, { filter: bounded, last: count, before });
      return {
        lines: logs.nodes.map(lineOf),
        hasOlder: logs.pageInfo.hasPreviousPage,
        startCursor: logs.pageInfo.startCursor ?? null,
        streamCursor: logs.streamCursor,
      };
    },
    open: (variables, sink) => {
      variables.filter = filter;
      return follow(LogStreamDocument, variables, itemOf, sink);
    },
  };
}

/** The end of the millisecond, as the server counts in microseconds. */
const moment = (ms: number): string => new Date(Math.floor(ms) + 1).toISOString();

const lineOf = (parts: LogLinePartsFragment): LogLine => ({
  id: parts.id,
  at: instant(parts.at),
  level: parts.level,
  message: parts.message,
  taskRunId: parts.taskRunId ?? null,
  taskId: parts.taskId ?? null,
  attempt: parts.attempt ?? null,
});

function itemOf({ logs: item }: LogStreamSubscription): LogItem | null {
  switch (item.__typename) {
    case 'LogsAppended':
      return { kind: 'lines', cursor: item.cursor, lines: item.entries.map(lineOf) };
    case 'StreamHeartbeat':
      return {
        kind: 'heartbeat',
        cursor: item.cursor,
        at: instant(item.at),
        lag: fromIso(item.lag),
      };
    case 'StreamReset':
      return { kind: 'reset', cursor: item.cursor, reason: item.reason };
    default:
      return null;
  }
}
