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
} from "../../../wasm/index.ts";
import { BYTES } from "../../kernels/bytes.ts";
import type { KernelCall } from "../kernel-call.ts";
import { CHANNELS, KERNELS, layoutOf, type WinogradGradientPlan } from "../winograd-plan.ts";
import { accumulate } from "./accumulate.ts";
import { take } from "./position-block.ts";
import { sumsPitch, TAPS_SPACE, transformTaps } from "./winograd-taps.ts";

/** Bytes of workspace of a thread: half-way results, and the sums of an item. */
export const sumsSpace = (plan: WinogradGradientPlan): number => TAPS_SPACE + plan.n ** 2 * sumsPitch(plan) * BYTES;

/** How many items the products of a block are. */
export const sumsItems = ({ kernels, channels }: WinogradGradientPlan, { C, O, groups }: KernelCall): number =>
  groups * Math.ceil(O / kernels) * Math.ceil(C / channels);

const parameters = {
  first: "i32",
  past: "i32",
  thread: "i32",
  /** The transforms of a block of squares. */
  G: "i32",
  V: "i32",
  dK: "i32",
  /** How many squares there are. */
  count: "i32",
  /** Whether results are added to what is there. */
  more: "i32",
  workspace: "i32",
  share: "i32",
  notFinite: "i32",
} as const;

/**
 * The function `sums`: computes items of a block of squares, each some output channels × some input channels. For each
 * of the n² elements an item makes a product of matrices over the squares, M[ξ, o, c] = Σ G[ξ, o, square] ·
 * V[ξ, c, square]; what it has then is transformed to 3×3 taps.
 */
export function winogradSums(kernelCall: KernelCall, plan: WinogradGradientPlan, relaxed: boolean) {
  const { C, O } = kernelCall;
  const { n, block, kernels, channels } = plan;
  const [ofG, ofV] = [layoutOf(plan, O, KERNELS), layoutOf(plan, C, CHANNELS)];
  const tile = accumulate("tile", {
    kernels: KERNELS,
    lanes: CHANNELS,
    rowPitch: CHANNELS,
    gradientPitch: 1,
    gradientStep: KERNELS,
    kernelPitch: channels,
    checked: false,
    relaxed,
  });
  const body = (a: { readonly [N in keyof typeof parameters]: Local }, local: NewLocal): Code => {
    const names = ["item", "rest", "chunk", "column", "group", "nk", "nc", "element", "o", "c"] as const;
    const [item, rest, chunk, column, group, nk, nc, element, o, c] = names.map(() => local("i32"));
    const [gradients, rows, sums, G, M, room, first] = Array.from({ length: 7 }, () => local("i32"));
    const least = (target: Local, most: number): Code =>
      target.set(select(target, i32.const(most), i32.lt_s(target, most)));
    const at = (base: Local, { groupPitch }: typeof ofG, from: Code): Code =>
      i32.add(base, i32.mul(i32.add(i32.mul(group, groupPitch), i32.mul(from, block)), BYTES));
    const products = forRange(element, 0, n * n, 1, [
      forRange(c, 0, nc, CHANNELS, [
        G.set(gradients),
        M.set(i32.add(sums, i32.shl(c, 2))),
        forRange(o, 0, nk, KERNELS, [
          call(0, i32.add(rows, i32.mul(c, block * BYTES)), G, M, a.count, 0, a.notFinite),
          G.add(KERNELS * block * BYTES),
          M.add(KERNELS * channels * BYTES),
        ]),
      ]),
      gradients.add(ofG.pitch * BYTES),
      rows.add(ofV.pitch * BYTES),
      sums.add(sumsPitch(plan) * BYTES),
    ]);
    const dK = i32.add(i32.mul(i32.add(i32.mul(group, O), i32.mul(chunk, kernels)), C), i32.mul(column, channels));
    return [
      room.set(i32.add(a.workspace, i32.mul(a.thread, a.share))),
      forRange(item, a.first, a.past, 1, [
        rest.set(item),
        take(column, rest, Math.ceil(C / channels)),
        take(chunk, rest, Math.ceil(O / kernels)),
        group.set(rest),
        nk.set(i32.sub(O, i32.mul(chunk, kernels))),
        least(nk, kernels),
        nc.set(i32.sub(C, i32.mul(column, channels))),
        least(nc, channels),
        gradients.set(at(a.G, ofG, i32.mul(chunk, kernels))),
        rows.set(at(a.V, ofV, i32.mul(column, channels))),
        first.set(i32.add(room, TAPS_SPACE)),
        sums.set(first),
        products,
        call(1, first, i32.add(a.dK, i32.mul(dK, 9 * BYTES)), nk, nc, a.more, room, a.notFinite),
      ]),
    ];
  };
  const functions: readonly WasmFunction[] = [tile, transformTaps("taps", plan, kernelCall)];
  return [...functions, func("sums", parameters, body)];
}
