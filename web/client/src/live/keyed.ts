/** A map by id that tells the listeners of one id, or of everything, what has changed. */
export class KeyedStore<T extends { readonly id: string }> {
  readonly #items = new Map<string, T>();
  readonly #byId = new Map<string, Set<() => void>>();
  readonly #all = new Set<() => void>();
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

  /** Put every item in place, then tell each listener once. */
  apply(items: Iterable<T>): void {
    const changed = new Set<string>();
    for (const item of items) {
      this.#items.set(item.id, item);
      changed.add(item.id);
    }
    this.#tell(changed);
  }

  /** Hold exactly these items and no other. */
  replace(items: Iterable<T>): void {
    const changed = new Set(this.#items.keys());
    this.#items.clear();
    for (const item of items) {
      this.#items.set(item.id, item);
      changed.add(item.id);
    }
    this.#tell(changed);
  }

  delete(id: string): void {
    if (this.#items.delete(id)) this.#tell(new Set([id]));
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

  #tell(changed: ReadonlySet<string>): void {
    if (changed.size === 0) return;
    this.version += 1;
    if (this.#byId.size > 0) {
      for (const id of changed) for (const listener of [...(this.#byId.get(id) ?? [])]) listener();
    }
    for (const listener of [...this.#all]) listener();
  }
}
