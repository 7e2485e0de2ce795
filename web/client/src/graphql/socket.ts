import { createClient } from 'graphql-ws';

/** Whether the live connection stands, for the mark in the rail. */
export type Connection = 'connecting' | 'open' | 'lost';

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

function become(next: Connection): void {
  connection = next;
  for (const tell of listeners) tell();
}

const address = (): string => {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/graphql`;
};

/** Doubles from a quarter of a second to eight, with jitter, so that a restarted server is not met by all at once. */
export const retryDelay = (attempt: number, random = Math.random()): number =>
  Math.min(8000, 250 * 2 ** attempt) * (0.5 + random / 2);

/** The one socket of this page. It never gives up; a subscription resumes by the cursor in its variables. */
export const socket = createClient({
  url: address,
  lazy: true,
  lazyCloseTimeout: 3000,
  keepAlive: 10_000,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
  retryWait: (attempt) => new Promise((done) => setTimeout(done, retryDelay(attempt))),
  on: {
    connecting: (retry) => !retry && become('connecting'),
    connected: () => become('open'),
    closed: (event) => become(closedByUs(event) ? 'connecting' : 'lost'),
  },
});

const closedByUs = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'code' in event && event.code === 1000;

export const connectionState = {
  read: (): Connection => connection,
  subscribe: (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
};
