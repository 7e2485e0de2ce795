/** What arrives between two frames is handed over once, together. */
export type Schedule = (run: () => void) => void;

const HIDDEN_PAGE_DRAIN_MS = 500;

/** The next animation frame; a page in the background gets no frames, so there a timer does it. */
export const nextFrame: Schedule = (run) => {
  if (typeof document !== 'undefined' && !document.hidden) requestAnimationFrame(run);
  else setTimeout(run, HIDDEN_PAGE_DRAIN_MS);
};

export class FrameQueue<T> {
  #waiting: T[] = [];
  #scheduled = false;
  readonly #drain: (batch: readonly T[]) => void;
  readonly #schedule: Schedule;

  constructor(drain: (batch: readonly T[]) => void, schedule: Schedule = nextFrame) {
    this.#drain = drain;
    this.#schedule = schedule;
  }

  /** How many items wait for the next frame. */
  get length(): number {
    return this.#waiting.length;
  }

  push(item: T): void {
    this.#waiting.push(item);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => this.flush());
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#drain(batch);
  }

  clear(): void {
    this.#waiting = [];
  }
}
