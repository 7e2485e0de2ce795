/** A map by id that tells the listeners of one id, or of everything, what has changed. */
export class KeyedStore<T extends { readonly id: string }> {
  readonly #items = new Map<string, T>();
  readonly #byId = new Map<string, Set<() => void>>();
  readonly #all = new Set<() => void>();
  #arrivals: string[] = [];
  /** Counts the times the arrivals were begun anew. */
  epoch = 0;
  /** Counts the changes: canvases compare it instead of the items. */
  version = 0;

  get size(): number {
    return this.#items.size;
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  values(): IterableIterator<T> {
    return this.#items.values();
  }

  /** Ids in the order in which they came; only ever longer within an epoch. */
  get arrivals(): readonly string[] {
    return this.#arrivals;
  }

  /** Put every item in place, then tell each listener once. */
  apply(items: Iterable<T>): void {
    const changed = new Set<string>();
    for (const item of items) {
      if (!this.#items.has(item.id)) this.#arrivals.push(item.id);
      this.#items.set(item.id, item);
      changed.add(item.id);
    }
    this.#tell(changed);
  }

  /** Hold exactly these items and no other. */
  replace(items: Iterable<T>): void {
    const changed = new Set(this.#items.keys());
    this.#items.clear();
    this.#renewArrivals();
    for (const item of items) {
      if (!this.#items.has(item.id)) this.#arrivals.push(item.id);
      this.#items.set(item.id, item);
      changed.add(item.id);
    }
    this.#tell(changed);
  }

  delete(id: string): void {
    if (!this.#items.delete(id)) return;
    this.#renewArrivals();
    this.#arrivals.push(...this.#items.keys());
    this.#tell(new Set([id]));
  }

  subscribe(id: string, listener: () => void): () => void {
    const listeners = this.#byId.get(id) ?? new Set();
    listeners.add(listener);
    this.#byId.set(id, listeners);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#byId.get(id) === listeners) this.#byId.delete(id);
    };
  }

  subscribeAll(listener: () => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  #renewArrivals(): void {
    this.#arrivals = [];
    this.epoch += 1;
  }

  #tell(changed: ReadonlySet<string>): void {
    if (changed.size === 0) return;
    this.version += 1;
    if (this.#byId.size > 0) {
      for (const id of changed) for (const listener of [...(this.#byId.get(id) ?? [])]) listener();
    }
    for (const listener of [...this.#all]) listener();
  }
}
