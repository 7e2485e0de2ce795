/** One execution, live: a snapshot, then every change in order, applied once per animation frame. */
import { type ServerClock, serverClock } from './clock';
import { FrameQueue, type Schedule } from './frameQueue';
import { KeyedStore } from './keyed';
import type { ExecutionRecord, RunRecord } from './records';
import { type OpenStream, type Placed, ResumingStream, type StreamPhase } from './stream';

export type ExecutionItem = Placed &
  (
    | {
        readonly kind: 'execution';
        readonly sequence: number;
        readonly at: number;
        readonly record: ExecutionRecord;
      }
    | {
        readonly kind: 'run';
        readonly sequence: number;
        readonly at: number;
        readonly record: RunRecord;
      }
    | {
        readonly kind: 'runRemoved';
        readonly sequence: number;
        readonly at: number;
        readonly id: string;
      }
    | { readonly kind: 'removed'; readonly sequence: number; readonly at: number }
    | { readonly kind: 'heartbeat'; readonly at: number; readonly lag: number }
    | { readonly kind: 'reset'; readonly reason: string }
  );

export interface ExecutionSnapshot {
  readonly execution: ExecutionRecord;
  readonly runs: readonly RunRecord[];
  readonly cursor: string;
  readonly sequence: number;
}

export interface ExecutionSource {
  snapshot(id: string): Promise<ExecutionSnapshot>;
  readonly open: OpenStream<ExecutionItem>;
}

export interface LiveExecutionOptions {
  readonly schedule?: Schedule;
  readonly clock?: ServerClock;
  readonly later?: (run: () => void, ms: number) => () => void;
}

/** How far behind the server's present this page is. */
export interface StreamHealth {
  readonly phase: StreamPhase;
  /** Milliseconds by which the server itself is behind, as its last heartbeat said. */
  readonly lag: number;
  /** Items received and not yet drawn. */
  readonly waiting: number;
}

export class LiveExecution {
  readonly id: string;
  readonly runs = new KeyedStore<RunRecord>();
  readonly clock: ServerClock;
  #execution: ExecutionRecord | null = null;
  #phase: StreamPhase = { name: 'loading' };
  #health: StreamHealth = { phase: this.#phase, lag: 0, waiting: 0 };
  #sequence = -1;
  #structure = 0;
  readonly #source: ExecutionSource;
  readonly #stream: ResumingStream<ExecutionItem>;
  readonly #queue: FrameQueue<ExecutionItem>;
  readonly #headListeners = new Set<() => void>();
  readonly #structureListeners = new Set<() => void>();

  constructor(id: string, source: ExecutionSource, options: LiveExecutionOptions = {}) {
    this.id = id;
    this.clock = options.clock ?? serverClock;
    this.#source = source;
    this.#queue = new FrameQueue((batch) => this.#apply(batch), options.schedule);
    this.#stream = new ResumingStream<ExecutionItem>({
      open: (variables, sink) => source.open(variables, sink),
      variables: { id },
      snapshot: () => this.#snapshot(),
      receive: (item) => this.#queue.push(item),
      isReset: (item) => item.kind === 'reset',
      phaseChanged: (phase) => this.#enter(phase),
      ...(options.later === undefined ? {} : { later: options.later }),
    });
  }

  get execution(): ExecutionRecord | null {
    return this.#execution;
  }

  /** The sequence of the last change that is on screen. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Counts the changes of the outline: a run came, went or moved under another parent. */
  get structure(): number {
    return this.#structure;
  }

  get health(): StreamHealth {
    return this.#health;
  }

  start(): void {
    this.#stream.start();
  }

  stop(): void {
    this.#stream.stop();
    this.#queue.clear();
  }

  /** Called when the execution itself or the stream's health changes, not for its task runs. */
  subscribeHead = (listener: () => void): (() => void) => {
    this.#headListeners.add(listener);
    return () => this.#headListeners.delete(listener);
  };

  subscribeStructure = (listener: () => void): (() => void) => {
    this.#structureListeners.add(listener);
    return () => this.#structureListeners.delete(listener);
  };

  async #snapshot(): Promise<string> {
    const found = await this.#source.snapshot(this.id);
    this.#queue.clear();
    this.#execution = found.execution;
    this.#sequence = found.sequence;
    this.#structure += 1;
    this.runs.replace(found.runs);
    tell(this.#headListeners);
    tell(this.#structureListeners);
    return found.cursor;
  }

  #apply(batch: readonly ExecutionItem[]): void {
    /** The last word on each run of the batch; null for one that was taken away. */
    const changed = new Map<string, RunRecord | null>();
    let headChanged = false;
    let lag = this.#health.lag;
    for (const item of batch) {
      if (item.kind === 'heartbeat') {
        this.clock.observe(item.at);
        lag = item.lag;
      }
      if (item.kind === 'heartbeat' || item.kind === 'reset') continue;
      if (item.sequence <= this.#sequence) continue;
      this.#sequence = item.sequence;
      if (item.kind === 'run') changed.set(item.record.id, item.record);
      else if (item.kind === 'runRemoved') changed.set(item.id, null);
      else if (item.kind === 'execution') this.#execution = item.record;
      else this.#end('This execution has been deleted.');
      headChanged ||= item.kind === 'execution';
    }
    this.#place(changed);
    if (this.#report(lag) || headChanged) tell(this.#headListeners);
  }

  #place(changed: ReadonlyMap<string, RunRecord | null>): void {
    if (changed.size === 0) return;
    const present: RunRecord[] = [];
    let moved = false;
    for (const [id, run] of changed) {
      if (run === null) this.runs.delete(id);
      else present.push(run);
      moved ||= run === null || this.runs.get(id)?.parentId !== run.parentId;
    }
    if (moved) this.#structure += 1;
    this.runs.apply(present);
    if (moved) tell(this.#structureListeners);
  }

  #end(problem: string): void {
    this.#stream.stop();
    this.#enter({ name: 'gone', problem });
  }

  #enter(phase: StreamPhase): void {
    if (phase.name === this.#phase.name) return;
    this.#phase = phase;
    this.#report(this.#health.lag);
    tell(this.#headListeners);
  }

  #report(lag: number): boolean {
    const next = { phase: this.#phase, lag, waiting: this.#queue.length };
    const before = this.#health;
    if (before.phase === next.phase && before.lag === next.lag && before.waiting === next.waiting)
      return false;
    this.#health = next;
    return true;
  }
}

function tell(listeners: ReadonlySet<() => void>): void {
  for (const listener of [...listeners]) listener();
}
