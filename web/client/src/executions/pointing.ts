/**
 * Whether somebody's pointer is over something. One that has lain still for long is only a pointer that was
 * left there: what is live goes on, until it moves again.
 */
export class Pointing {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;
  readonly #tell: (over: boolean) => void;

  constructor(tell: (over: boolean) => void) {
    this.#tell = tell;
  }

  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#say(false), LEFT_LYING_MS);
    this.#say(true);
  }

  gone(): void {
    clearTimeout(this.#timer);
    this.#say(false);
  }

  #say(over: boolean): void {
    if (this.#over === over) return;
    this.#over = over;
    this.#tell(over);
  }
}

export const LEFT_LYING_MS = 30_000;
