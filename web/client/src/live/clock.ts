/**
 * The server's clock as seen from here. A message stamped by the server arrives a little later, so each
 * sample is too low by its travel time; the highest of the last few is the best.
 */
const SAMPLES = 8;

export class ServerClock {
  readonly #samples: number[] = [];
  readonly #local: () => number;
  #offset = 0;

  constructor(local: () => number = () => Date.now()) {
    this.#local = local;
  }

  /** Milliseconds to add to the local clock. */
  get offset(): number {
    return this.#offset;
  }

  now(): number {
    return this.#local() + this.#offset;
  }

  /** A message stamped `at` has just arrived. */
  observe(at: number): void {
    if (!Number.isFinite(at)) return;
    this.#samples.push(at - this.#local());
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#offset = Math.max(...this.#samples);
  }
}

/** The one server this page talks to. */
export const serverClock = new ServerClock();
