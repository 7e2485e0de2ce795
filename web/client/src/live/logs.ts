/** The log of an execution: its end first, older pages on demand, new lines live, memory bounded. */
import { FrameQueue, type Schedule } from './frameQueue';
import { type OpenStream, type Placed, ResumingStream, type StreamPhase } from './stream';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface LogLine {
  readonly id: string;
  readonly at: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly taskRunId: string | null;
  readonly taskId: string | null;
  readonly attempt: number | null;
}

export type LogItem = Placed &
  (
    | { readonly kind: 'lines'; readonly lines: readonly LogLine[] }
    | { readonly kind: 'heartbeat'; readonly at: number; readonly lag: number }
    | { readonly kind: 'reset'; readonly reason: string }
  );

export interface LogPage {
  readonly lines: readonly LogLine[];
  readonly hasOlder: boolean;
  /** Give it as `before` to get what comes before this page, for the same `upTo`. */
  readonly startCursor: string | null;
  /** Where a stream that follows this page begins. */
  readonly streamCursor: string;
}

export interface LogBounds {
  readonly upTo: number | null;
  readonly before: string | null;
}

export interface LogSource {
  /** The last `count` lines of those written up to `upTo` (milliseconds) and before the cursor `before`. */
  page(count: number, within: LogBounds): Promise<LogPage>;
  readonly open: OpenStream<LogItem>;
}

export interface LogState {
  readonly lines: readonly LogLine[];
  /** Lines known to be missing before the first one held: the number of the first is not 1 then. */
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  readonly phase: StreamPhase;
  /** Grows by the number of lines put before the first: a list keeps its place by it. */
  readonly prepended: number;
}

export const PAGE = 200;
/** So many lines are held while the end is followed; beyond that the oldest go, to be paged in again. */
export const MOST_HELD = 50_000;

export class LiveLogs {
  #state: LogState = {
    lines: [],
    hasOlder: false,
    loadingOlder: false,
    phase: { name: 'loading' },
    prepended: 0,
  };
  #ids = new Set<string>();
  readonly #mostHeld: number;
  readonly #source: LogSource;
  readonly #stream: ResumingStream<LogItem>;
  readonly #queue: FrameQueue<LogLine>;
  readonly #listeners = new Set<() => void>();

  constructor(source: LogSource, options: { schedule?: Schedule; mostHeld?: number } = {}) {
    this.#source = source;
    this.#mostHeld = options.mostHeld ?? MOST_HELD;
    this.#queue = new FrameQueue((batch) => this.#append(batch), options.schedule);
    this.#stream = new ResumingStream<LogItem>({
      open: (variables, sink) => source.open(variables, sink),
      variables: {},
      snapshot: () => this.#tail(),
      receive: (item) => {
        if (item.kind === 'lines') for (const line of item.lines) this.#queue.push(line);
      },
      isReset: (item) => item.kind === 'reset',
      phaseChanged: (phase) => this.#set({ phase }),
    });
  }

  start(): void {
    this.#stream.start();
  }

  stop(): void {
    this.#stream.stop();
    this.#queue.clear();
  }

  read = (): LogState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Put the page before the first line held in front of it. */
  async loadOlder(): Promise<void> {
    const first = this.#state.lines[0];
    if (first === undefined || !this.#state.hasOlder || this.#state.loadingOlder) return;
    this.#set({ loadingOlder: true });
    try {
      const { lines, hasOlder } = await this.#older(first);
      for (const line of lines) this.#ids.add(line.id);
      this.#set({
        lines: [...lines, ...this.#state.lines],
        hasOlder,
        prepended: this.#state.prepended + lines.length,
      });
    } finally {
      this.#set({ loadingOlder: false });
    }
  }

  /** A page may hold nothing new, as many lines can share the moment of the first one held: then the one before. */
  async #older(first: LogLine): Promise<{ lines: LogLine[]; hasOlder: boolean }> {
    let before: string | null = null;
    for (;;) {
      const page: LogPage = await this.#source.page(PAGE, { upTo: first.at, before });
      const lines = page.lines.filter((line) => !this.#ids.has(line.id));
      if (lines.length > 0 || !page.hasOlder) return { lines, hasOlder: page.hasOlder };
      before = page.startCursor;
    }
  }

  async #tail(): Promise<string> {
    const page = await this.#source.page(PAGE, { upTo: null, before: null });
    this.#queue.clear();
    this.#ids = new Set(page.lines.map((line) => line.id));
    this.#set({
      lines: page.lines,
      hasOlder: page.hasOlder,
      prepended: 0,
      phase: { name: 'live' },
    });
    return page.streamCursor;
  }

  #append(batch: readonly LogLine[]): void {
    const fresh = batch.filter((line) => !this.#ids.has(line.id) && this.#ids.add(line.id));
    if (fresh.length === 0) return;
    const lines = [...this.#state.lines, ...fresh];
    const tooMany = lines.length - this.#mostHeld;
    if (tooMany <= 0) {
      this.#set({ lines });
      return;
    }
    const dropped = lines.splice(0, tooMany + Math.floor(this.#mostHeld / 10));
    for (const line of dropped) this.#ids.delete(line.id);
    this.#set({ lines, hasOlder: true });
  }

  #set(change: Partial<LogState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
