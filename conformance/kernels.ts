import type { Shape } from "../spec/index.ts";
import { loadFixtures } from "./load-fixtures.ts";

/** A kernel of the notes as data; the schema is fixtures/kernel.schema.json. */
export interface KernelFixture {
  readonly name: string;
  readonly title: string;
  /** The notes it comes from: number and heading. */
  readonly source: string;
  readonly formula?: string;
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** [O, C, …R] */
  readonly shape: Shape;
  /** Row-major; numbers of the format f32. */
  readonly values: readonly number[];
}

/** Every named kernel of the package, in the order of their names. */
export const loadKernels = (): readonly KernelFixture[] =>
  [...loadFixtures().texts]
    .filter(([path]) => path.startsWith("kernels/"))
    .map(([, text]) => JSON.parse(text) as KernelFixture);
