import load, { type Pffft } from "@echogarden/pffft-wasm/simd";
import { UnsupportedError } from "../../../spec/index.ts";
import { type Kernels, kernelsOn } from "../wasm/kernels.ts";

export type Format = "f32" | "f64";

/** The bytes of one number. */
export const bytesOf: Readonly<Record<Format, 4 | 8>> = { f32: 4, f64: 8 };

/** What the memory of the transforms may grow to. */
const mostBytes = 2 ** 31;

const name = "@echogarden/pffft-wasm/simd";

/** The compiled library, read from the package. */
async function read(): Promise<BufferSource> {
  if (typeof process === "object" && process.versions?.node !== undefined) {
    const [{ readFile }, { createRequire }] = await Promise.all([import("node:fs/promises"), import("node:module")]);
    return readFile(
      createRequire(import.meta.url)
        .resolve(name)
        .replace(/\.js$/, ".wasm"),
    );
  }
  // The vite plugin of convspec says where this is: the package does not export it.
  const response = await fetch(new URL("@echogarden/pffft-wasm/simd.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${name} cannot be fetched: ${response.status} for ${response.url}`);
  return response.arrayBuffer();
}

/** PFFFT, and the memory that its allocator manages and in which all that is transformed lies, with the kernels on it. */
export class Heap {
  readonly pffft: Pffft;
  readonly kernels: Readonly<Record<Format, Kernels>>;
  readonly #memory: WebAssembly.Memory;
  #f32 = new Float32Array(0);
  #f64 = new Float64Array(0);

  private constructor(pffft: Pffft, memory: WebAssembly.Memory, kernels: Readonly<Record<Format, Kernels>>) {
    this.pffft = pffft;
    this.#memory = memory;
    this.kernels = kernels;
  }

  static async create(): Promise<Heap> {
    const bytes = await read();
    let memory: WebAssembly.Memory | undefined;
    const pffft = await load({
      instantiateWasm: (imports, receive) => {
        WebAssembly.instantiate(bytes, imports).then(({ instance, module }) => {
          memory = Object.values(instance.exports).find((exported) => exported instanceof WebAssembly.Memory);
          receive(instance, module);
        });
        return {};
      },
    });
    if (memory === undefined) throw new Error(`${name} exports no memory: this version of it is not known here`);
    return new Heap(pffft, memory, await kernelsOn(memory));
  }

  /** The bytes that the memory has grown to. */
  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** @throws {UnsupportedError} where no memory is left */
  allocate(bytes: number): number {
    const address = bytes < mostBytes ? this.pffft._pffft_aligned_malloc(bytes) : 0;
    if (address !== 0) return address;
    throw new UnsupportedError(`no room for the ${bytes} bytes that spectra take, beside ${this.size} in use`);
  }

  free(address: number): void {
    this.pffft._pffft_aligned_free(address);
  }

  /** The memory as numbers of a format; a view is good until the next allocation. */
  numbers(format: Format): Float32Array | Float64Array {
    const { buffer } = this.#memory;
    if (this.#f32.buffer !== buffer) {
      this.#f32 = new Float32Array(buffer);
      this.#f64 = new Float64Array(buffer);
    }
    return format === "f32" ? this.#f32 : this.#f64;
  }

  /** A copy of numbers, to be kept: the tables of the transforms. */
  table(numbers: Float32Array | Float64Array | Int32Array): number {
    const address = this.allocate(Math.max(16, numbers.byteLength));
    new Uint8Array(this.#memory.buffer).set(
      new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
      address,
    );
    return address;
  }
}
