/** Values by name, of which those used longest ago are dropped when there are too many. */
export class Recent<V> {
  readonly #most: number;
  readonly #drop: (value: V) => void;
  readonly #held = new Map<string, V>();

  constructor(most: number, drop: (value: V) => void = () => {}) {
    this.#most = most;
    this.#drop = drop;
  }

  /** What was made under a name before, or is now. */
  get(name: string, make: () => V): V {
    const value = this.#held.get(name) ?? make();
    this.#held.delete(name);
    this.#held.set(name, value);
    if (this.#held.size > this.#most) {
      const [[oldest, dropped]] = this.#held;
      this.#held.delete(oldest);
      this.#drop(dropped);
    }
    return value;
  }
}
