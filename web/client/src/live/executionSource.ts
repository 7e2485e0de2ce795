/** The server as the source of a live execution. */
import {
  ExecutionSnapshotDocument,
  type ExecutionSnapshotQuery,
  ExecutionStreamDocument,
  type ExecutionStreamSubscription,
} from '../gql/graphql';
import { fromIso } from '../ui/duration';
import { serverClock } from './clock';
import type { ExecutionItem, ExecutionSnapshot, ExecutionSource } from './execution';
import { type ExecutionRecord, instant, instantOrNull } from './records';
import { ask, follow } from './request';
import { NotFound } from './stream';
import { recordOf, recordsOf } from './timeline';

type Found = NonNullable<ExecutionSnapshotQuery['execution']>;

export const executionSource: ExecutionSource = {
  async snapshot(id): Promise<ExecutionSnapshot> {
    const { execution } = await ask(ExecutionSnapshotDocument, { id });
    if (execution === null || execution === undefined)
      throw new NotFound(`There is no execution ${id}.`);
    const { timeline } = execution;
    serverClock.observe(instant(timeline.at));
    return {
      execution: headOf(execution),
      runs: recordsOf(timeline, problemsOf(execution)),
      cursor: timeline.cursor,
      sequence: Number(timeline.sequence),
    };
  },
  open: (variables, sink) => follow(ExecutionStreamDocument, variables, itemOf, sink),
};

function problemsOf({ failed }: Found): Map<string, string> {
  const messages = failed.nodes.map(({ id, attempts }) => [id, attempts.at(-1)?.message] as const);
  return new Map(messages.flatMap(([id, message]) => (message ? [[id, message]] : [])));
}

function headOf(parts: Omit<Found, 'timeline' | 'failed'>): ExecutionRecord {
  return {
    id: parts.id,
    namespace: parts.namespace,
    flowId: parts.flowId,
    flowRevision: parts.flowRevision,
    state: parts.state,
    createdAt: instant(parts.createdAt),
    startedAt: instantOrNull(parts.startedAt),
    endedAt: instantOrNull(parts.endedAt),
  };
}

function itemOf({ execution: item }: ExecutionStreamSubscription): ExecutionItem | null {
  switch (item.__typename) {
    case 'StreamHeartbeat':
      return {
        kind: 'heartbeat',
        cursor: item.cursor,
        at: instant(item.at),
        lag: fromIso(item.lag),
      };
    case 'StreamReset':
      return { kind: 'reset', cursor: item.cursor, reason: item.reason };
    case 'ExecutionChanged':
      return { kind: 'execution', ...placeOf(item), record: headOf(item.execution) };
    case 'TaskRunChanged':
      return { kind: 'run', ...placeOf(item), record: recordOf(item.taskRun) };
    case 'TaskRunRemoved':
      return { kind: 'runRemoved', ...placeOf(item), id: item.taskRunId };
    case 'ExecutionRemoved':
      return { kind: 'removed', ...placeOf(item) };
    default:
      return null;
  }
}

const placeOf = (item: { cursor: string; sequence: string; at: string }) => ({
  cursor: item.cursor,
  sequence: Number(item.sequence),
  at: instant(item.at),
});
