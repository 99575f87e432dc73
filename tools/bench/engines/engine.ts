import type { Tensor } from "../../../spec/index.ts";
import type { Cell } from "../cell.ts";

export type Inputs = Readonly<Record<string, Tensor>>;

/** A cell that is ready to be called over and over. */
export interface Prepared {
  /** One call, complete when it returns or when its promise is fulfilled, unless there is `finish`. */
  call(): unknown;
  /** Waits until the calls so far are complete, where they are handed to a device. */
  finish?(): Promise<unknown>;
  /** Once from the arrays of the inputs to that of the output, where tensors are on a device between calls. */
  roundTrip?(): Promise<unknown>;
  /** The output of the last call, row-major with channels before space. Not timed. */
  output(): Promise<Float32Array> | Float32Array;
  release?(): unknown;
}

/** An engine in its own process. */
export interface Engine {
  readonly version: string;
  /** How many threads it has. */
  readonly threads: number;
  /**
   * Makes a cell ready: tensors that stay the same between calls are handed over in the engine's own layout.
   * @throws {UnsupportedError} for what the engine has no kernel for
   */
  prepare(cell: Cell, inputs: Inputs): Promise<Prepared> | Prepared;
  close?(): unknown;
}

/** The engine cannot be loaded here: not installed, or not built. */
export class AbsentError extends Error {
  override readonly name = "AbsentError";
}

/** Imports a package that may not be installed. */
export const installed = <T>(name: string, loading: Promise<T>): Promise<T> =>
  loading.catch((thrown: unknown) => {
    const missing = thrown instanceof Error && "code" in thrown && thrown.code === "ERR_MODULE_NOT_FOUND";
    throw missing ? new AbsentError(`${name} is not installed: npm i ${name}`) : thrown;
  });
