import {
  block,
  brIf,
  type Code,
  f32x4,
  func,
  i32,
  type Local,
  loop,
  multiplyAdd,
  v128,
  type WasmFunction,
  when,
} from "../../wasm/index.ts";
import type { Steps } from "../steps.ts";
import { BYTES, storeLanes } from "./bytes.ts";

/** Four neighbouring outputs of a tile, relative to its first, in elements. */
export interface TileVector {
  /** Where the input of the first step stands. */
  readonly input: number;
  /** Where the first of the four is stored. */
  readonly output: number;
  /** How many of the four there are, and from one to the next: 1 unless given. */
  readonly lanes: number;
  readonly step?: number;
}

/** What a tile is specialised to; distances in elements. */
export interface TileShape {
  /** Output channels. */
  readonly kernels: number;
  readonly vectors: readonly TileVector[];
  /** Which input element and which weight each step of the sum multiplies. */
  readonly steps: Steps;
  /** From the first weight of a kernel to that of the next. */
  readonly kernelPitch: number;
  /** From an output to the same one of the next output channel. */
  readonly outputPitch: number;
  readonly bias: boolean;
  /** Whether products are added with one rounding. */
  readonly relaxed: boolean;
  /** Whether a tile of few outputs may make two sums of each, so that its bits are not those of a larger tile; true unless given. */
  readonly alternate?: boolean;
  /** Whether outputs that are not finite are noted; true unless given. */
  readonly checked?: boolean;
}

/**
 * How many vectors a tile of so many output channels has at most: its sums, the weights and inputs of a step, and a
 * product where it is rounded, must be held in 15 registers (the compiler keeps one), as all loads of a step are made
 * first.
 */
export const vectorsBeside = (kernels: number, relaxed: boolean): number =>
  Math.max(1, Math.floor(((relaxed ? 15 : 14) - kernels) / (kernels + 1)));

/** Output channels of a tile: 4 × 2 vectors fill the registers, and 3 × 3 where there is no product to hold. */
export const tileKernels = (relaxed: boolean): number => (relaxed ? 3 : 4);

/**
 * One tile of the output: Z[o, p] = b[o] + Σ K[o, k] · V[k, p], with every sum in a register until it is complete.
 * A step of the sum loads some vectors of the input, and a weight of each output channel into all lanes.
 * Parameters, in bytes: the input element of the first step, the first weight, the bias, the first output, and where
 * to note (by writing 1) that an output is not finite.
 */
export function tile(name: string, shape: TileShape): WasmFunction {
  const { kernels, vectors, steps, kernelPitch, outputPitch, bias: biased, checked = true } = shape;
  const parameters = { input: "i32", weight: "i32", bias: "i32", output: "i32", notFinite: "i32" } as const;
  return func(name, parameters, ({ input, weight, bias, output, notFinite }, local) => {
    const madd = multiplyAdd(shape.relaxed);
    const chains = shape.alternate === false ? 1 : chainsOf(kernels, vectors.length);
    const made = (): Local[][] => Array.from({ length: kernels }, () => vectors.map(() => local("v128")));
    const sums = made();
    const others = chains === 2 ? made() : sums;
    const values = vectors.map(() => local("v128"));
    const factor = local("v128");
    const check = local("v128");
    const step: Step = (v, w, odd) => [
      values.map((value, j) => value.set(v128.load(input, (v + vectors[j].input) * BYTES))),
      (odd ? others : sums).map((row, o) => [
        factor.set(v128.load32_splat(weight, (w + o * kernelPitch) * BYTES)),
        row.map((sum, j) => sum.set(madd(values[j], factor, sum))),
      ]),
    ];
    const begin = sums.map((row, o) => [
      biased ? factor.set(v128.load32_splat(bias, o * BYTES)) : [],
      row.map((sum) => sum.set(biased ? factor : v128.zero())),
    ]);
    const end = sums.map((row, o) =>
      row.map((sum, j) => [
        chains === 2 ? sum.set(f32x4.add(sum, others[o][j])) : [],
        storeLanes(output, sum, vectors[j], (o * outputPitch + vectors[j].output) * BYTES),
        // Not finite where a sum is not.
        checked ? check.set(f32x4.add(check, sum)) : [],
      ]),
    );
    return block((leave) => [
      begin,
      chains === 2 ? others.flat().map((sum) => sum.set(v128.zero())) : [],
      sumOver(steps, { input, weight, counter: () => local("i32") }, step),
      end,
      checked
        ? [brIf(leave, i32.eqz(v128.any_true(f32x4.ne(f32x4.sub(check, check), v128.zero())))), i32.store(notFinite, 1)]
        : [],
    ]);
  });
}

/** How many sums each output has, of alternate steps: with one, a tile of few outputs would wait for each addition. */
const chainsOf = (kernels: number, vectors: number): 1 | 2 =>
  kernels * vectors < 8 && 2 * kernels * vectors + kernels + vectors <= 14 ? 2 : 1;

/** The code of a step, given where its input element and its weight stand, and whether it is an odd one. */
type Step = (v: number, w: number, odd: boolean) => Code;

interface Pointers {
  readonly input: Local;
  readonly weight: Local;
  readonly counter: () => Local;
}

/** The loops of a sum, with the innermost written out. */
function sumOver(steps: Steps, { input, weight, counter }: Pointers, step: Step): Code {
  const written = (places: readonly (readonly [number, number])[]): Code => [
    places.map(([v, w], i) =>
      // A condition that always holds, as no weight lies at so small an address, makes V8 of Node 20 and 22 finish a
      // step before the next: otherwise it makes the loads of all steps first, which displaces the sums. The pointer to
      // the weights moves on inside, lest it computes the addresses of all weights in advance.
      when(i32.ne(weight, 1), [
        step(v, w - (i === 0 ? 0 : places[i - 1][1]), i % 2 === 1),
        i === 0 && w === 0 ? [] : weight.add((w - (i === 0 ? 0 : places[i - 1][1])) * BYTES),
      ]),
    ),
    places.length > 0 && places[places.length - 1][1] !== 0 ? weight.add(-places[places.length - 1][1] * BYTES) : [],
  ];
  const write = (at: Steps): Code => {
    if (at.kind === "unrolled") return written(at.places);
    if (at.kind === "sequence") return at.parts.map(write);
    const left = counter();
    return [
      left.set(at.count),
      loop((again) => [
        write(at.body),
        input.add(at.input * BYTES),
        weight.add(at.weight * BYTES),
        brIf(again, left.tee(i32.sub(left, 1))),
      ]),
      at.rewind ? [input.add(-at.count * at.input * BYTES), weight.add(-at.count * at.weight * BYTES)] : [],
    ];
  };
  return write(steps);
}
