import {
  type Code,
  call,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  select,
  type WasmFunction,
  when,
} from "../../wasm/index.ts";
import { evenSteps, stepsOf } from "../block.ts";
import { type Geometry, product, sumLength } from "../geometry.ts";
import type { DirectPlan } from "../plan.ts";
import { BYTES } from "./bytes.ts";
import { denseFill, denseSize, PANEL } from "./dense.ts";
import { fill } from "./fill.ts";
import { type SweepShape, sweep, Tiles } from "./sweep.ts";
import { tileKernels } from "./tile.ts";

/** Bytes at the beginning of a thread's workspace: which call and which block it holds. */
const HEADER = 64;

/** Bytes of workspace that each thread needs. */
export const workspaceOf = (geometry: Geometry, { block, dense }: DirectPlan): number =>
  HEADER + BYTES * (block.size + (dense ? denseSize(geometry, product(block.outputs)) : 0)) + 64;

const parameters = {
  first: "i32",
  past: "i32",
  thread: "i32",
  V: "i32",
  K: "i32",
  b: "i32",
  Z: "i32",
  workspace: "i32",
  /** Bytes of workspace of one thread. */
  share: "i32",
  /** A number that no other call has. */
  serial: "i32",
  notFinite: "i32",
} as const;

/**
 * The function `direct`: computes items of a call, each being a block of outputs for some output channels. An item
 * first lays out what its block is made from, unless the thread did so for the item before, then sweeps over it,
 * some output channels at a time, so that their weights stay in the first cache.
 */
export function direct(geometry: Geometry, plan: DirectPlan, relaxed: boolean): readonly WasmFunction[] {
  const { C, O, X, P, groups, bias: biased } = geometry;
  const { block, blocks, kernels, chunks, dense } = plan;
  const K = sumLength(geometry);
  const [b0, b1, b2] = block.outputs;
  const pixels = product(block.outputs);
  const { extents: Z, step } = geometry.spread ?? { extents: P, step: [1, 1, 1] };
  const outputPitch = product(Z);
  const [axis0, axis1] = block.axes;
  // What two items compute must have the same bits, whichever tile it falls into.
  const alternate = [0, 1, 2].every((i) => P[i] % block.outputs[i] === 0 || (!dense && i < 2));
  const shape: SweepShape = dense
    ? {
        rows: { width: pixels, step: 1, panel: PANEL * K, input: [0, 0], output: [0, 0] },
        steps: evenSteps(K, PANEL),
        kernelPitch: K,
        outputPitch,
        bias: biased,
        relaxed,
        alternate,
      }
    : {
        rows: {
          width: b2,
          step: step[2],
          input: [axis0.perOutput * axis1.count * block.rowPitch, axis1.perOutput * block.rowPitch],
          output: [step[0] * Z[1] * Z[2], step[1] * Z[2]],
        },
        steps: stepsOf(geometry, block),
        kernelPitch: K,
        outputPitch,
        bias: biased,
        relaxed,
        alternate,
      };
  const layout = [fill("fill", geometry, block), ...(dense ? [denseFill("lay", geometry, block)] : [])];
  const tiles = new Tiles(shape, layout.length);

  const body = (a: { readonly [N in keyof typeof parameters]: Local }, local: NewLocal): Code => {
    const names = ["item", "rest", "place", "chunk", "group", "sample", "space"] as const;
    const [item, rest, place, chunk, group, sample, space] = names.map(() => local("i32"));
    const firsts = [local("i32"), local("i32"), local("i32")];
    const counts = [local("i32"), local("i32")] as const;
    const [o, past, one] = [local("i32"), local("i32"), local("i32")];
    const [input, weight, bias, output] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const take = (target: Local, n: number): Code =>
      n === 1 ? target.set(0) : [target.set(i32.rem_u(rest, n)), rest.set(i32.div_u(rest, n))];
    const least = (target: Local, most: Code): Code => target.set(select(target, most, i32.lt_s(target, most)));
    const starts = firsts.map((first, i) => [
      take(first, blocks[i]),
      first.set(i32.mul(first, block.outputs[i])),
      // Blocks that are computed whole overlap the one before rather than reach past the end.
      dense || i === 2 ? least(first, i32.const(P[i] - block.outputs[i])) : [],
    ]);
    const decode: Code = [
      rest.set(item),
      take(chunk, chunks),
      place.set(rest),
      starts[2],
      starts[1],
      starts[0],
      take(group, groups),
      sample.set(rest),
    ];
    const rowsIn = (target: Local, first: Local, b: number, p: number): Code => [
      target.set(i32.sub(p, first)),
      least(target, i32.const(b)),
    ];
    const layOut: Code = when(i32.or(i32.ne(i32.load(space), a.serial), i32.ne(i32.load(space, 4), place)), [
      i32.store(space, a.serial),
      i32.store(space, place, 4),
      call(
        0,
        i32.add(a.V, i32.mul(i32.add(i32.mul(sample, groups), group), C * product(X) * BYTES)),
        i32.add(space, HEADER),
        ...firsts,
      ),
      dense ? call(1, i32.add(space, HEADER), i32.add(space, HEADER + block.size * BYTES)) : [],
    ]);
    const channel = i32.add(i32.mul(group, O), o);
    const pointers: Code = [
      weight.set(i32.add(a.K, i32.mul(channel, K * BYTES))),
      bias.set(i32.add(a.b, i32.mul(channel, BYTES))),
      output.set(
        i32.add(
          i32.add(a.Z, i32.mul(i32.add(i32.mul(sample, groups * O), channel), outputPitch * BYTES)),
          firsts.reduce<Code>(
            (sum, first, i) => i32.add(sum, i32.mul(first, step[i] * [Z[1] * Z[2], Z[2], 1][i] * BYTES)),
            i32.const(0),
          ),
        ),
      ),
    ];
    const swept = (n: number): Code => [
      pointers,
      sweep(tiles, shape, n, { input, weight, bias, output, notFinite: a.notFinite }, counts, local),
    ];
    const inTiles = Math.min(tileKernels(relaxed), kernels);
    const over = [kernels % inTiles, (O % kernels) % inTiles].filter((n) => n > 0);
    return forRange(item, a.first, a.past, 1, [
      decode,
      space.set(i32.add(a.workspace, i32.mul(a.thread, a.share))),
      layOut,
      input.set(i32.add(space, HEADER + (dense ? block.size * BYTES : 0))),
      dense
        ? [counts[0].set(1), counts[1].set(1)]
        : [rowsIn(counts[0], firsts[0], b0, P[0]), rowsIn(counts[1], firsts[1], b1, P[1])],
      o.set(i32.mul(chunk, kernels)),
      past.set(i32.add(o, kernels)),
      least(past, i32.const(O)),
      one.set(i32.sub(past, inTiles - 1)),
      forRange(o, o, one, inTiles, swept(inTiles)),
      [...new Set(over)].map((n) => when(i32.eq(i32.sub(past, o), n), swept(n))),
    ]);
  };
  const main = func("direct", parameters, body);
  return [...layout, ...tiles.functions, main];
}
