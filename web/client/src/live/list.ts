/**
 * A live list that does not jump: what is shown changes in place and what leaves stays until it is looked
 * away from, while newcomers are counted and come in when they are asked for, or at once while nobody reads.
 */
import { FrameQueue, type Schedule } from './frameQueue';
import { KeyedStore } from './keyed';
import { type OpenStream, type Placed, ResumingStream, type StreamPhase } from './stream';

export type ListItem<T extends { readonly id: string }> = Placed &
  (
    | { readonly kind: 'entry'; readonly entry: T; readonly belongs: boolean }
    | { readonly kind: 'heartbeat'; readonly at: number; readonly lag: number }
    | { readonly kind: 'reset'; readonly reason: string }
  );

export interface ListSource<T extends { readonly id: string }> {
  /** The first page in the list's order, with the cursor its stream goes on from. */
  snapshot(): Promise<{ readonly entries: readonly T[]; readonly cursor: string }>;
  readonly open: OpenStream<ListItem<T>>;
}

export interface ListState {
  /** Ids in the order in which they are shown. */
  readonly ids: readonly string[];
  /** Entries that wait above the first. */
  readonly arrived: number;
  readonly phase: StreamPhase;
}

export interface LiveListOptions {
  readonly schedule?: Schedule;
  /** The most entries shown; older ones fall off the end when newcomers are let in. */
  readonly most?: number;
}

/** Ids begin with the time of birth. */
const newestFirst = (one: string, other: string): number =>
  one < other ? 1 : one > other ? -1 : 0;

export class LiveList<T extends { readonly id: string }> {
  readonly entries = new KeyedStore<T>();
  #state: ListState = { ids: [], arrived: 0, phase: { name: 'loading' } };
  #waiting: string[] = [];
  /** Shown, though they belong here no more: they go when nobody reads. */
  readonly #departed = new Set<string>();
  #held = false;
  readonly #most: number;
  readonly #source: ListSource<T>;
  readonly #stream: ResumingStream<ListItem<T>>;
  readonly #queue: FrameQueue<ListItem<T>>;
  readonly #listeners = new Set<() => void>();

  constructor(source: ListSource<T>, options: LiveListOptions = {}) {
    this.#source = source;
    this.#most = options.most ?? 500;
    this.#queue = new FrameQueue((batch) => this.#apply(batch), options.schedule);
    this.#stream = new ResumingStream<ListItem<T>>({
      open: (variables, sink) => source.open(variables, sink),
      variables: {},
      snapshot: () => this.#snapshot(),
      receive: (item) => this.#queue.push(item),
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

  read = (): ListState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** While held (somebody has scrolled, selected, or points at a row) newcomers are only counted. */
  hold(held: boolean): void {
    this.#held = held;
    if (held) return;
    this.#leave();
    this.reveal();
  }

  /** Let the newcomers in. */
  reveal(): void {
    if (this.#waiting.length === 0) return;
    const ids = [...this.#waiting, ...this.#state.ids].sort(newestFirst).slice(0, this.#most);
    this.#waiting = [];
    this.#set({ ids, arrived: 0 });
  }

  async #snapshot(): Promise<string> {
    const { entries, cursor } = await this.#source.snapshot();
    this.#queue.clear();
    this.#waiting = [];
    this.#departed.clear();
    this.entries.replace(entries);
    this.#set({ ids: entries.map((entry) => entry.id), arrived: 0, phase: { name: 'live' } });
    return cursor;
  }

  #apply(batch: readonly ListItem<T>[]): void {
    const changed = new Map<string, T>();
    const shown = new Set([...this.#state.ids, ...this.#waiting]);
    for (const item of batch) {
      if (item.kind !== 'entry') continue;
      const { entry, belongs } = item;
      if (shown.has(entry.id)) changed.set(entry.id, entry);
      if (!belongs) {
        if (shown.has(entry.id)) this.#departed.add(entry.id);
      } else {
        this.#departed.delete(entry.id);
        if (shown.has(entry.id) || !this.#hasRoomFor(entry.id)) continue;
        this.#waiting.push(entry.id);
        shown.add(entry.id);
        changed.set(entry.id, entry);
      }
    }
    this.entries.apply(changed.values());
    this.#waiting = this.#waiting.filter((id) => !this.#departed.has(id));
    if (!this.#held) {
      this.#leave();
      this.reveal();
    }
    if (this.#waiting.length !== this.#state.arrived) this.#set({ arrived: this.#waiting.length });
  }

  /** What belongs here no more goes. */
  #leave(): void {
    const ids = this.#state.ids.filter((id) => !this.#departed.has(id));
    this.#departed.clear();
    if (ids.length < this.#state.ids.length) this.#set({ ids });
  }

  /** What is older than all that a full list shows belongs to a later page, however often it changes. */
  #hasRoomFor(id: string): boolean {
    const { ids } = this.#state;
    return ids.length < this.#most || id > (ids.at(-1) ?? '');
  }

  #set(change: Partial<ListState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
