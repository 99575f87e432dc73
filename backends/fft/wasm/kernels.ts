import { radices } from "./butterfly.ts";
import { joined, type Representation, split } from "./complex.ts";
import { moduleOf } from "./encode.ts";
import { type PassName, pass, passName } from "./pass.ts";
import { affine, multiply, squares } from "./pointwise.ts";
import { halves } from "./real.ts";

type Format = "f32" | "f64";

const representations: Readonly<Record<Format, Representation>> = { f32: split, f64: joined };

const passes = (["f32", "f64"] as const).flatMap((format) =>
  radices.flatMap((radix) =>
    [false, true].flatMap((backward) => [false, true].map((turned): PassName => ({ format, radix, backward, turned }))),
  ),
);

/** One pass along an axis; see `pass`. */
export type Pass = (base: number, width: number, m: number, blocks: number, rowBytes: number, factors: number) => void;

/** The kernels of one number format. All addresses are bytes of the memory they were compiled for. */
export interface Kernels {
  pass(name: Omit<PassName, "format">): Pass;
  multiply(
    acc: number,
    a: number,
    k: number,
    pairs: number,
    terms: number,
    strideA: number,
    strideK: number,
    keep: 0 | 1,
  ): void;
  squares(from: number, pairs: number, to: number): void;
  affine(at: number, vectors: number, s: number, t: number, b: number): void;
  /** From the transform of half as many complex numbers to that of real ones; only in f64. */
  toHalf(row: number, pairs: number, count: number): void;
  fromHalf(row: number, pairs: number, count: number): void;
}

const functions = () => [
  ...passes.map((name) => pass(representations[name.format], name)),
  ...(["f32", "f64"] as const).flatMap((format) => [
    multiply(representations[format], `${format}-multiply`),
    squares(representations[format], `${format}-squares`),
    affine(representations[format], `${format}-affine`),
  ]),
  halves(false, "to-half"),
  halves(true, "from-half"),
];

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernels on a memory, by format. */
export async function kernelsOn(memory: WebAssembly.Memory): Promise<Readonly<Record<Format, Kernels>>> {
  compiled ??= WebAssembly.compile(moduleOf(functions()));
  const { exports } = await WebAssembly.instantiate(await compiled, { heap: { memory } });
  const of = (format: Format): Kernels => ({
    pass: (name) => exports[passName({ ...name, format })] as Pass,
    multiply: exports[`${format}-multiply`] as Kernels["multiply"],
    squares: exports[`${format}-squares`] as Kernels["squares"],
    affine: exports[`${format}-affine`] as Kernels["affine"],
    toHalf: exports["to-half"] as Kernels["toHalf"],
    fromHalf: exports["from-half"] as Kernels["fromHalf"],
  });
  return { f32: of("f32"), f64: of("f64") };
}
