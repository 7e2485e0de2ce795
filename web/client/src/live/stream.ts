/**
 * One live stream that never loses its place: it remembers the cursor of the last item, hands the same
 * `variables` object to the transport (which reads it anew at every reconnect), subscribes again when the
 * server completes or fails the stream, and asks for a new snapshot when the server says so.
 */

/** An item that has a place in the stream. */
export interface Placed {
  readonly cursor: string;
}

export interface StreamVariables {
  after: string;
  [name: string]: unknown;
}

/** What a transport reports of one subscription. */
export interface StreamSink<Item> {
  next(item: Item): void;
  /** `code` is the API's `extensions.code`, when there is one. */
  error(problem: { readonly message: string; readonly code: string | null }): void;
  complete(): void;
}

/** Opens one subscription; the transport itself survives socket cuts by reading `variables` again. */
export type OpenStream<Item> = (variables: StreamVariables, sink: StreamSink<Item>) => () => void;

export type StreamPhase =
  | { readonly name: 'loading' }
  | { readonly name: 'live' }
  | { readonly name: 'waiting'; readonly problem: string }
  | { readonly name: 'gone'; readonly problem: string };

export interface StreamParts<Item extends Placed> {
  readonly open: OpenStream<Item>;
  /** Variables besides `after`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Query the present state, put it in place, answer the cursor to go on from. */
  readonly snapshot: () => Promise<string>;
  readonly receive: (item: Item) => void;
  readonly isReset: (item: Item) => boolean;
  readonly phaseChanged: (phase: StreamPhase) => void;
  readonly later?: (run: () => void, ms: number) => () => void;
}

const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 15_000;

const withTimer = (run: () => void, ms: number): (() => void) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

export class ResumingStream<Item extends Placed> {
  readonly #parts: StreamParts<Item>;
  #close: (() => void) | null = null;
  #cancelRetry: (() => void) | null = null;
  #failures = 0;
  /** Each opening and snapshot has a number: what an older one still says is not heard. */
  #generation = 0;
  #stopped = false;

  constructor(parts: StreamParts<Item>) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopped = false;
    void this.#begin();
  }

  stop(): void {
    this.#stopped = true;
    this.#generation += 1;
    this.#shut();
  }

  /** Throw the state away and begin again from a new snapshot. */
  restart(): void {
    if (!this.#stopped) void this.#begin();
  }

  async #begin(): Promise<void> {
    const generation = ++this.#generation;
    this.#shut();
    try {
      const after = await this.#parts.snapshot();
      if (generation === this.#generation) this.#open(after);
    } catch (problem) {
      if (generation === this.#generation) this.#failed(problem, null);
    }
  }

  #open(after: string): void {
    const generation = ++this.#generation;
    const variables: StreamVariables = { ...this.#parts.variables, after };
    const current = () => generation === this.#generation;
    this.#close = this.#parts.open(variables, {
      next: (item) => {
        if (!current()) return;
        this.#failures = 0;
        if (this.#parts.isReset(item)) {
          void this.#begin();
          return;
        }
        variables.after = item.cursor;
        this.#parts.receive(item);
        this.#parts.phaseChanged({ name: 'live' });
      },
      error: ({ message, code }) => {
        if (current()) this.#failed(new Error(message), code, variables.after);
      },
      complete: () => {
        if (current()) this.#retry(() => this.#open(variables.after));
      },
    });
  }

  #failed(problem: unknown, code: string | null, after?: string): void {
    const message = problem instanceof Error ? problem.message : String(problem);
    if (code === 'NOT_FOUND' || isNotFound(problem)) {
      this.#shut();
      this.#parts.phaseChanged({ name: 'gone', problem: message });
      return;
    }
    this.#parts.phaseChanged({ name: 'waiting', problem: message });
    const fresh = code === 'BAD_CURSOR' || after === undefined;
    this.#retry(() => (fresh ? void this.#begin() : this.#open(after)));
  }

  #retry(again: () => void): void {
    if (this.#stopped) return;
    this.#shut();
    const wait = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#cancelRetry = (this.#parts.later ?? withTimer)(again, wait);
  }

  #shut(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#close?.();
    this.#close = null;
  }
}

/** Thrown by a snapshot when what it asks for does not exist. */
export class NotFound extends Error {}

function isNotFound(problem: unknown): boolean {
  return problem instanceof NotFound;
}
