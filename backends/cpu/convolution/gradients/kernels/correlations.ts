import {
  type Code,
  call,
  forRange,
  func,
  i32,
  type Local,
  type NewLocal,
  type WasmFunction,
} from "../../../wasm/index.ts";
import { product } from "../../geometry.ts";
import { BYTES } from "../../kernels/bytes.ts";
import { fill } from "../../kernels/fill.ts";
import { type CorrelationsPlan, channelGeometry, inputBlock } from "../correlations-plan.ts";
import type { KernelCall } from "../kernel-call.ts";
import { correlateTaps, patchesOf } from "./correlate-taps.ts";
import { blocksOfPart, PositionBlock, take } from "./position-block.ts";

/** Bytes of workspace that each thread needs: a block of the input. */
export const correlationsSpace = (kernelCall: KernelCall, { positions }: CorrelationsPlan): number =>
  inputBlock(kernelCall, positions).size * BYTES;

const parameters = {
  first: "i32",
  past: "i32",
  thread: "i32",
  G: "i32",
  V: "i32",
  sums: "i32",
  /** Bytes from the sums of one part to those of the next. */
  partPitch: "i32",
  /** Blocks of positions in all samples. */
  blocks: "i32",
  parts: "i32",
  workspace: "i32",
  /** Bytes of workspace of one thread. */
  share: "i32",
  notFinite: "i32",
} as const;

/**
 * The function `correlations`: computes items of a kernel gradient with few output channels in a group, each the sums
 * over one part of the positions for one channel of the input. Block by block of positions, an item lays out the rows
 * of its channel, and correlates them with the gradient of each output channel, some taps at a time.
 */
export function correlations(
  kernelCall: KernelCall,
  plan: CorrelationsPlan,
  relaxed: boolean,
): readonly WasmFunction[] {
  const { C, O, groups, window } = kernelCall;
  const { X, R, P } = window;
  const { positions, blocks } = plan;
  const layout = inputBlock(kernelCall, positions);
  const size = product(R);
  const patches = patchesOf(kernelCall, layout);
  // Patches that look the same share a function.
  const shapes = [...new Map(patches.map(({ taps }) => [JSON.stringify(taps), taps]))];
  const correlate = shapes.map(([, taps], i) => correlateTaps(`taps${i}`, kernelCall, layout, taps, relaxed));
  const functionOf = new Map(shapes.map(([key], i) => [key, 1 + i]));

  const body = (a: { readonly [N in keyof typeof parameters]: Local }, local: NewLocal): Code => {
    const names = ["item", "rest", "channel", "part", "group", "index", "end", "more", "o"] as const;
    const [item, rest, channel, part, group, index, end, more, o] = names.map(() => local("i32"));
    const [block, sums, G, dK] = Array.from({ length: 4 }, () => local("i32"));
    const at = new PositionBlock({ P, positions, blocks }, local);
    const channelOf = (perGroup: number, c: Local): Code =>
      i32.add(i32.mul(i32.add(i32.mul(at.sample, groups), group), perGroup), c);
    const ofOutput: Code = [
      G.set(i32.add(a.G, i32.mul(i32.add(i32.mul(channelOf(O, o), product(P)), at.place()), BYTES))),
      dK.set(i32.add(sums, i32.mul(i32.add(i32.mul(i32.add(i32.mul(group, O), o), C), channel), size * BYTES))),
      patches.map(({ taps, input, place }) =>
        call(
          functionOf.get(JSON.stringify(taps)) as number,
          i32.add(block, input * BYTES),
          G,
          i32.add(dK, place * BYTES),
          ...at.counts,
          more,
          a.notFinite,
        ),
      ),
    ];
    return forRange(item, a.first, a.past, 1, [
      rest.set(item),
      take(channel, rest, C),
      take(group, rest, groups),
      part.set(rest),
      block.set(i32.add(a.workspace, i32.mul(a.thread, a.share))),
      sums.set(i32.add(a.sums, i32.mul(part, a.partPitch))),
      blocksOfPart(index, end, part, a.parts, a.blocks),
      more.set(0),
      forRange(index, index, end, 1, [
        at.find(index),
        call(0, i32.add(a.V, i32.mul(channelOf(C, channel), product(X) * BYTES)), block, ...at.firsts),
        forRange(o, 0, O, 1, ofOutput),
        more.set(1),
      ]),
    ]);
  };
  return [fill("fill", channelGeometry(kernelCall), layout), ...correlate, func("correlations", parameters, body)];
}
