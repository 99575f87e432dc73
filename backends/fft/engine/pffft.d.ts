declare module "@echogarden/pffft-wasm/simd" {
  /** What is used here of the compiled PFFFT: real transforms of 2^a·3^b·5^c numbers, a ≥ 5, and its allocator. */
  interface Pffft {
    _pffft_new_setup(length: number, kind: 0 | 1): number;
    _pffft_destroy_setup(setup: number): void;
    _pffft_transform(setup: number, input: number, output: number, work: number, direction: 0 | 1): void;
    _pffft_aligned_malloc(bytes: number): number;
    _pffft_aligned_free(address: number): void;
  }

  /** How the compiled module is to be made an instance: `receive` is given what came of it. */
  interface PffftOptions {
    instantiateWasm(
      imports: WebAssembly.Imports,
      receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
  }

  const load: (options: PffftOptions) => Promise<Pffft>;

  export type { Pffft };
  export default load;
}
