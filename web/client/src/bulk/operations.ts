/** The operations on many executions that this page follows: those begun here, and those found running. */
import { useSyncExternalStore } from 'react';
import {
  BulkNowDocument,
  type BulkProgressFragment,
  BulkStreamDocument,
  BulkUnderwayDocument,
  CancelBulkDocument,
} from '../gql/graphql';
import { client } from '../graphql/client';
import { ask, follow as subscribe } from '../live/request';
import { NotFound, ResumingStream } from '../live/stream';
import { problemOf } from '../ui/problem';

export type Operation = BulkProgressFragment;

/** After its end one without failures is told this long. */
const TOLD_MS = 6000;

export const isOver = ({ state }: Operation): boolean =>
  state === 'COMPLETED' || state === 'CANCELLED';

let operations: readonly Operation[] = [];
const listeners = new Set<() => void>();
const streams = new Map<string, ResumingStream<Item>>();

interface Item {
  readonly cursor: string;
  readonly operation: Operation | null;
  readonly reset: boolean;
}

function become(next: readonly Operation[]): void {
  operations = next;
  for (const tell of listeners) tell();
}

function put(operation: Operation): void {
  const known = operations.some(({ id }) => id === operation.id);
  become(
    known
      ? operations.map((each) => (each.id === operation.id ? operation : each))
      : [...operations, operation],
  );
}

/** Takes it off the tray. It goes on all the same. */
export function dismiss(id: string): void {
  streams.get(id)?.stop();
  streams.delete(id);
  become(operations.filter((each) => each.id !== id));
}

function came(operation: Operation): void {
  put(operation);
  if (!isOver(operation)) return;
  streams.get(operation.id)?.stop();
  if (operation.failed === 0) setTimeout(() => dismiss(operation.id), TOLD_MS);
}

/** Follows an operation to its end, through cuts of the connection. */
export function follow(operation: Operation): void {
  if (streams.has(operation.id)) return;
  const { id } = operation;
  const stream = new ResumingStream<Item>({
    variables: { id },
    snapshot: async () => {
      const { bulkOperation } = await ask(BulkNowDocument, { id });
      if (!bulkOperation) throw new NotFound('The operation is no longer kept.');
      came(bulkOperation);
      return bulkOperation.cursor;
    },
    open: (variables, sink) => subscribe(BulkStreamDocument, variables, itemOf, sink),
    receive: (item) => item.operation && came(item.operation),
    isReset: (item) => item.reset,
    phaseChanged: (phase) => phase.name === 'gone' && dismiss(id),
  });
  streams.set(id, stream);
  put(operation);
  stream.start();
}

function itemOf({
  bulkOperation: item,
}: {
  bulkOperation:
    | { __typename: 'BulkOperationChanged'; cursor: string; bulkOperation: Operation }
    | { __typename: 'StreamHeartbeat' | 'StreamReset'; cursor: string };
}): Item {
  const operation = 'bulkOperation' in item ? item.bulkOperation : null;
  return { cursor: item.cursor, operation, reset: item.__typename === 'StreamReset' };
}

/** Finds the operations that are under way, whoever began them. */
export async function findUnderway(): Promise<void> {
  const { bulkOperations } = await ask(BulkUnderwayDocument, {});
  for (const operation of bulkOperations.nodes) follow(operation);
}

/** Leaves the rest alone; what went wrong, or null. */
export async function cancel(bulkOperationId: string): Promise<string | null> {
  const input = { bulkOperationId };
  const { data, error } = await client.mutation(CancelBulkDocument, { input }).toPromise();
  return error ? problemOf(error) : (data?.started.userErrors[0]?.message ?? null);
}

const listen = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useOperations = (): readonly Operation[] =>
  useSyncExternalStore(listen, () => operations);

let opened: string | null = null;

/** Shows one operation whole, or none. */
export function open(id: string | null): void {
  opened = id;
  become(operations);
}

export const useOpened = (): string | null => useSyncExternalStore(listen, () => opened);
