/** Whether the live connection stands, for the mark in the rail. Nothing to say while nothing is followed. */
export type Connection = 'connecting' | 'open' | 'lost';

let connection: Connection = 'connecting';
const listeners = new Set<() => void>();

export function connectionBecame(next: Connection): void {
  connection = next;
  for (const tell of listeners) tell();
}

export const connectionState = {
  read: (): Connection => connection,
  subscribe: (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  },
};
