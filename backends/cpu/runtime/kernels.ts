import { moduleOf, type WasmFunction } from "../wasm/index.ts";
import { CODE, CONTROL_SIZE, SLOTS } from "./control.ts";
import { functionsOf, type KernelFunction } from "./work.ts";

/** A compiled module: the functions of one kernel for one shape. */
export interface Kernel {
  /** Never used for another kernel. */
  readonly id: number;
  readonly slot: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The names of the functions, in the order of the module. */
  readonly names: readonly string[];
  /** The same, compiled, for the thread that asked for it. */
  readonly functions: readonly KernelFunction[];
}

/** Kernels by key; the one that was not used for longest makes room for a new one. */
export class Kernels {
  readonly #memory: WebAssembly.Memory;
  readonly #shared: boolean;
  readonly #limit: number;
  readonly #kept = new Map<string, Kernel>();
  #made = 0;

  constructor(memory: WebAssembly.Memory, shared: boolean, limit = SLOTS) {
    this.#memory = memory;
    this.#shared = shared;
    this.#limit = Math.min(limit, SLOTS);
  }

  get size(): number {
    return this.#kept.size;
  }

  /** The kernel of that key, made if it is not there. @param build the functions of its module */
  get(key: string, build: () => readonly WasmFunction[]): Kernel {
    const kept = this.#kept.get(key);
    if (kept !== undefined) this.#kept.delete(key);
    const kernel = kept ?? this.#make(build());
    this.#kept.set(key, kernel);
    return kernel;
  }

  #make(functions: readonly WasmFunction[]): Kernel {
    const bytes = moduleOf({ initial: 1, maximum: 65_536, shared: this.#shared }, functions);
    if (bytes.length > CONTROL_SIZE - CODE) throw new RangeError(`a kernel of ${bytes.length} bytes`);
    const kernel = {
      id: ++this.#made,
      slot: this.#slot(),
      bytes,
      names: functions.map(({ name }) => name),
      functions: functionsOf(bytes, this.#memory),
    };
    return kernel;
  }

  #slot(): number {
    if (this.#kept.size < this.#limit) return this.#kept.size;
    const [[oldest, { slot }]] = this.#kept;
    this.#kept.delete(oldest);
    return slot;
  }
}
