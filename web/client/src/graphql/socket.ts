import type { Client, FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { connectionBecame } from './connection';

import { noteOperation } from './spoken';

export { connectionState } from './connection';

const address = (): string => {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/graphql`;
};

/** Doubles from a quarter of a second to eight, with jitter, so that a restarted server is not met by all at once. */
export const retryDelay = (attempt: number, random = Math.random()): number =>
  Math.min(8000, 250 * 2 ** attempt) * (0.5 + random / 2);

const closedByUs = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'code' in event && event.code === 1000;

let opened: Promise<Client> | null = null;

/** The one client of the one socket. It never gives up; a subscription resumes by the cursor in its variables. */
export function openSocket(): Promise<Client> {
  opened ??= import('graphql-ws').then(({ createClient }) =>
    createClient({
      url: address,
      lazy: true,
      lazyCloseTimeout: 3000,
      keepAlive: 10_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (attempt) => new Promise((done) => setTimeout(done, retryDelay(attempt))),
      on: {
        connecting: (retry) => !retry && connectionBecame('connecting'),
        connected: () => connectionBecame('open'),
        closed: (event) => connectionBecame(closedByUs(event) ? 'connecting' : 'lost'),
      },
    }),
  );
  return opened;
}

/** Subscribes as soon as the protocol has been loaded: it is no part of what the first page waits for. */
export const socket = {
  subscribe<Data>(
    payload: SubscribePayload,
    sink: Sink<FormattedExecutionResult<Data, unknown>>,
  ): () => void {
    noteOperation(payload.query, payload.variables, location.pathname);
    let stop: (() => void) | null = null;
    let stopped = false;
    openSocket().then(
      (client) => {
        if (!stopped) stop = client.subscribe<Data, unknown>(payload, sink);
      },
      (problem: unknown) => sink.error(problem),
    );
    return () => {
      stopped = true;
      stop?.();
    };
  },
};
