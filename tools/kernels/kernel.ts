import type { Shape } from "../../spec/index.ts";

/** A kernel before it is written: its schema is fixtures/kernel.schema.json. */
export interface NamedKernel {
  readonly name: string;
  readonly title: string;
  /** Where the notes show it or speak of it: number and heading. */
  readonly source: string;
  readonly formula?: string;
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** [O, C, …R] */
  readonly shape: Shape;
  /** Row-major. */
  readonly values: readonly number[];
}
