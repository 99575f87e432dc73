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
} from "../../../wasm/index.ts";
import { product } from "../../geometry.ts";
import { BYTES } from "../../kernels/bytes.ts";
import { fill } from "../../kernels/fill.ts";
import { tileKernels, vectorsBeside } from "../../kernels/tile.ts";
import { type KernelCall, lanesOf } from "../kernel-call.ts";
import { boxOf, type ProductsPlan } from "../products-plan.ts";
import { type AccumulateShape, accumulate } from "./accumulate.ts";
import { layPoints } from "./points.ts";
import { blocksOfPart, PositionBlock, take } from "./position-block.ts";
import { BEFORE, layRows, PAST, rowPitchOf } from "./rows.ts";

/** Bytes before a box. */
const HEADER = 64;

/** Bytes of workspace that each thread needs: a box, and the rows. */
export function productsSpace(kernelCall: KernelCall, { positions, channels }: ProductsPlan): number {
  const lanes = channels * product(kernelCall.window.R);
  const rows = (product(positions) + 4) * rowPitchOf(lanes) * BYTES + PAST;
  return HEADER + BEFORE + boxOf(kernelCall, positions, channels).size * BYTES + rows;
}

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

/** Collects tile functions, each made once. */
class Tiles {
  readonly functions: WasmFunction[] = [];
  readonly #places = new Map<string, number>();
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  place(shape: AccumulateShape): number {
    const name = `tile${shape.kernels}x${shape.lanes}_${shape.rowPitch}`;
    const place = this.#places.get(name) ?? this.functions.length;
    if (place === this.functions.length) this.functions.push(accumulate(name, shape));
    this.#places.set(name, place);
    return this.#offset + place;
  }
}

/**
 * The function `products`: computes items of a kernel gradient, each the sums over one part of the positions, for some
 * input channels of one group with all their taps, and for some output channels. Block by block of positions, an item
 * lays out what the weights have met, one row for each position, and multiplies it by the gradient, tile by tile.
 */
export function products(kernelCall: KernelCall, plan: ProductsPlan, relaxed: boolean): readonly WasmFunction[] {
  const { C, O, groups, window } = kernelCall;
  const { X, R, P, stride, dilation, begin } = window;
  const { positions, blocks, channels, columns, kernels, chunks } = plan;
  const taps = product(R);
  const lanes = lanesOf(kernelCall);
  // The last of the blocks of channels may have fewer.
  const sizes = [...new Set([channels, C - (columns - 1) * channels])];
  const layouts = sizes.flatMap((size) => {
    const box = boxOf(kernelCall, positions, size);
    const geometry = {
      groups,
      C: size,
      O,
      X,
      R,
      P,
      stride: [1, 1, 1],
      dilation,
      begin,
      flipped: false,
      bias: false,
    } as const;
    const lay = taps === 1 ? layPoints : layRows;
    return [fill(`fill${size}`, geometry, box), lay(`lay${size}`, kernelCall, box, size)];
  });
  const tiles = new Tiles(layouts.length);
  const atOnce = tileKernels(relaxed);

  const body = (a: { readonly [N in keyof typeof parameters]: Local }, local: NewLocal): Code => {
    const names = ["item", "rest", "column", "chunk", "part", "group", "index", "end", "more"] as const;
    const [item, rest, column, chunk, part, group, index, end, more] = names.map(() => local("i32"));
    const [box, rows, count, x, o, first, oPast] = Array.from({ length: 7 }, () => local("i32"));
    const [gradient, sums, G, dK] = Array.from({ length: 4 }, () => local("i32"));
    const at = new PositionBlock({ P, positions, blocks }, local);
    const decode: Code = [
      rest.set(item),
      take(column, rest, columns),
      take(chunk, rest, chunks),
      take(part, rest, a.parts),
      group.set(rest),
    ];
    const channelOf = (perGroup: number, channel: Code): Code =>
      i32.add(i32.mul(i32.add(i32.mul(at.sample, groups), group), perGroup), channel);
    const input = i32.add(a.V, i32.mul(channelOf(C, i32.mul(column, channels)), product(X) * BYTES));
    const pointers: Code = [
      gradient.set(
        i32.add(a.G, i32.mul(i32.add(i32.mul(channelOf(O, i32.mul(chunk, kernels)), product(P)), at.place()), BYTES)),
      ),
      sums.set(
        i32.add(
          i32.add(a.sums, i32.mul(part, a.partPitch)),
          i32.mul(
            i32.add(
              i32.mul(i32.add(i32.mul(group, O), i32.mul(chunk, kernels)), lanes),
              i32.mul(column, channels * taps),
            ),
            BYTES,
          ),
        ),
      ),
    ];
    /** All weights of output channels o … past − 1, `n` of them at a time. */
    const sweep = (n: number, size: number, past: Code): Code => {
      const width = 4 * vectorsBeside(n, relaxed);
      const over = (size * taps) % width;
      const whole = size * taps - over;
      const shape = {
        kernels: n,
        rowPitch: rowPitchOf(size * taps),
        gradientPitch: product(P),
        kernelPitch: lanes,
        relaxed,
      };
      const tile = (lanes: number, column: Code): Code =>
        forRange(o, first, past, n, [
          G.set(i32.add(gradient, i32.mul(o, product(P) * BYTES))),
          dK.set(i32.add(sums, i32.mul(o, lanesOf(kernelCall) * BYTES))),
          call(
            tiles.place({ ...shape, lanes }),
            i32.add(rows, column),
            G,
            i32.add(dK, column),
            count,
            more,
            a.notFinite,
          ),
        ]);
      return [
        whole === 0 ? [] : forRange(x, 0, whole * BYTES, width * BYTES, tile(width, x.get())),
        over === 0 ? [] : tile(over, i32.const(whole * BYTES)),
      ];
    };
    const block = (size: number, nth: number): Code => [
      rows.set(i32.add(box, boxOf(kernelCall, positions, size).size * BYTES)),
      call(2 * nth, input, box, ...at.firsts.map((first, i) => i32.mul(first, stride[i]))),
      call(2 * nth + 1, box, rows, ...at.counts),
      first.set(0),
      sweep(atOnce, size, i32.sub(oPast, atOnce - 1)),
      O % atOnce === 0
        ? []
        : when(i32.eq(i32.rem_u(oPast, atOnce), O % atOnce), [
            first.set(i32.sub(oPast, O % atOnce)),
            sweep(O % atOnce, size, oPast.get()),
          ]),
    ];
    return forRange(item, a.first, a.past, 1, [
      decode,
      box.set(i32.add(i32.add(a.workspace, i32.mul(a.thread, a.share)), HEADER)),
      oPast.set(i32.sub(O, i32.mul(chunk, kernels))),
      oPast.set(select(oPast, i32.const(kernels), i32.lt_s(oPast, kernels))),
      blocksOfPart(index, end, part, a.parts, a.blocks),
      more.set(0),
      forRange(index, index, end, 1, [
        at.find(index),
        count.set(at.size()),
        pointers,
        sizes.length === 1
          ? block(sizes[0], 0)
          : when(i32.lt_u(column, columns - 1), block(sizes[0], 0), block(sizes[1], 1)),
        more.set(1),
      ]),
    ]);
  };
  const main = func("products", parameters, body);
  return [...layouts, ...tiles.functions, main];
}
