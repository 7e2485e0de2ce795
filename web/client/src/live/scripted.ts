/** For tests: a server with an event log and a socket that can be cut, as graphql-ws behaves. */
import type { ExecutionItem, ExecutionSnapshot, ExecutionSource } from './execution';
import type { RunRecord } from './records';
import type { OpenStream, StreamSink, StreamVariables } from './stream';

export function run(id: string, over: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    taskId: id,
    parentId: null,
    value: null,
    iteration: null,
    state: 'RUNNING',
    history: [{ state: 'RUNNING', at: 0 }],
    problem: null,
    ...over,
  };
}

interface Subscriber {
  readonly variables: StreamVariables;
  readonly sink: StreamSink<ExecutionItem>;
  sent: number;
}

/** Holds the log of one execution; cursors are positions in it. */
export class ScriptedServer implements ExecutionSource {
  readonly log: ExecutionItem[] = [];
  /** The `after` of each subscription the server has seen, reconnects included. */
  readonly seenAfter: string[] = [];
  snapshots = 0;
  oldestKept = 0;
  readonly #subscribers = new Set<Subscriber>();
  readonly #runs = new Map<string, RunRecord>();
  #connected = true;

  emit(record: RunRecord): void {
    const sequence = this.log.length + 1;
    this.#runs.set(record.id, record);
    this.log.push({ kind: 'run', cursor: String(sequence), sequence, at: sequence, record });
    this.deliver();
  }

  /** A restart takes the run away. */
  remove(id: string): void {
    const sequence = this.log.length + 1;
    this.#runs.delete(id);
    this.log.push({ kind: 'runRemoved', cursor: String(sequence), sequence, at: sequence, id });
    this.deliver();
  }

  /** Somebody deletes the execution. */
  removeAll(): void {
    const sequence = this.log.length + 1;
    this.log.push({ kind: 'removed', cursor: String(sequence), sequence, at: sequence });
    this.deliver();
  }

  async snapshot(id: string): Promise<ExecutionSnapshot> {
    this.snapshots += 1;
    const execution = {
      id,
      namespace: 'company.team',
      flowId: 'flow',
      flowRevision: 1,
      state: 'RUNNING' as const,
      createdAt: 0,
      startedAt: 0,
      endedAt: null,
    };
    const sequence = this.log.length;
    return { execution, runs: [...this.#runs.values()], cursor: String(sequence), sequence };
  }

  readonly open: OpenStream<ExecutionItem> = (variables, sink) => {
    const subscriber = { variables, sink, sent: 0 };
    this.#subscribers.add(subscriber);
    if (this.#connected) this.#begin(subscriber);
    return () => this.#subscribers.delete(subscriber);
  };

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** The socket falls; what is emitted meanwhile reaches nobody. */
  cut(): void {
    this.#connected = false;
  }

  /** The socket stands again: every subscription is sent once more with its variables of now. */
  reconnect(): void {
    this.#connected = true;
    for (const subscriber of [...this.#subscribers]) this.#begin(subscriber);
  }

  /** Send the last `count` items again, as a careless server might. */
  repeat(count: number): void {
    for (const item of this.log.slice(-count))
      for (const { sink } of this.#subscribers) sink.next(item);
  }

  fail(message: string, code: string | null): void {
    for (const { sink } of [...this.#subscribers]) sink.error({ message, code });
  }

  complete(): void {
    for (const { sink } of [...this.#subscribers]) sink.complete();
  }

  deliver(): void {
    if (!this.#connected) return;
    for (const subscriber of [...this.#subscribers]) this.#push(subscriber);
  }

  #begin(subscriber: Subscriber): void {
    const { after } = subscriber.variables;
    this.seenAfter.push(after);
    subscriber.sent = Number(after);
    const at = this.log.length;
    if (subscriber.sent < this.oldestKept) {
      subscriber.sink.next({
        kind: 'reset',
        cursor: String(at),
        reason: 'older than what is kept',
      });
      return;
    }
    subscriber.sink.next({ kind: 'heartbeat', cursor: after, at, lag: 0 });
    this.#push(subscriber);
  }

  #push(subscriber: Subscriber): void {
    while (subscriber.sent < this.log.length) {
      const item = this.log[subscriber.sent];
      subscriber.sent += 1;
      if (item !== undefined) subscriber.sink.next(item);
    }
  }
}
