import {
  type Code,
  f32,
  forRange,
  func,
  i32,
  type Local,
  type Operand,
  select,
  v128,
  type WasmFunction,
  when,
} from "../../wasm/index.ts";
import type { Block, RowAxis } from "../block.ts";
import type { Geometry } from "../geometry.ts";
import { BYTES } from "./bytes.ts";

/** `length` zeros; up to three more are written. */
const zeros = (at: Local, from: Local, past: Operand, target: Local): Code =>
  forRange(at, from, past, 4, v128.store(i32.add(target, i32.shl(at, 2)), v128.zero()));

const clamped = (value: Local, least: Operand, most: Operand): Code => [
  value.set(select(value, least, i32.gt_s(value, least))),
  value.set(select(value, most, i32.lt_s(value, most))),
];

/** The row of the input that row j of a block's axis is, for a block whose first output is `first`. */
const sourceRow = (
  j: Local,
  first: Local,
  { gathered }: RowAxis,
  [r, stride, dilation, begin]: readonly number[],
): Code =>
  gathered
    ? i32.add(i32.sub(i32.mul(i32.add(first, i32.div_u(j, r)), stride), begin), i32.mul(i32.rem_u(j, r), dilation))
    : i32.add(i32.sub(i32.mul(first, stride), begin), j);

/**
 * Copies what a block of outputs is made from: the input of one sample and group at `source`, all channels, under the
 * outputs from [first0, first1, first2] on. What is not in the input is zero.
 */
export function fill(name: string, geometry: Geometry, blockLayout: Block): WasmFunction {
  const { C, X, R, stride, dilation, begin } = geometry;
  const { axes, segments, rowPitch, channelPitch } = blockLayout;
  const parameters = { source: "i32", block: "i32", first0: "i32", first1: "i32", first2: "i32" } as const;
  return func(name, parameters, ({ source, block, first0, first1, first2 }, local) => {
    const [c, j0, j1, x0, x1] = [local("i32"), local("i32"), local("i32"), local("i32"), local("i32")];
    const [row, target, at] = [local("i32"), local("i32"), local("i32")];
    // The column of a segment's first element, how many of its elements lie before the input, and where those in it end.
    const [from, lead, end] = [local("i32"), local("i32"), local("i32")];
    const [segment, address] = [local("i32"), local("i32")];
    const s = stride[2];
    const onAxis = (i: number): readonly number[] => [R[i], stride[i], dilation[i], begin[i]];
    const inside = (x: Local, n: number): Code => i32.lt_u(x, n);
    const bounds: Code = [
      lead.set(i32.div_s(i32.sub(s - 1, from), s)),
      clamped(lead, 0, segments.length),
      end.set(i32.div_s(i32.sub(X[2] + s - 1, from), s)),
      clamped(end, lead, segments.length),
    ];
    const rows = [
      x1.set(sourceRow(j1, first1, axes[1], onAxis(1))),
      at.set(0),
      when(i32.and(inside(x0, X[0]), inside(x1, X[1])), [
        row.set(i32.mul(i32.add(i32.mul(i32.add(i32.mul(c, X[0]), x0), X[1]), x1), X[2] * BYTES)),
        row.set(i32.add(i32.add(source, row), i32.shl(from, 2))),
        zeros(at, at, lead, target),
        copy({ row, lead, end, target, at, address }),
        at.set(end),
      ]),
      zeros(at, at, segments.length, target),
      target.add(rowPitch * BYTES),
    ];
    return forRange(segment, 0, segments.count, 1, [
      from.set(i32.add(i32.mul(first2, s), i32.sub(i32.mul(segment, segments.apart), begin[2]))),
      bounds,
      forRange(c, 0, C, 1, [
        target.set(i32.add(block, i32.mul(c, channelPitch * BYTES))),
        target.add(i32.mul(segment, segments.length * BYTES)),
        forRange(j0, 0, axes[0].count, 1, [
          x0.set(sourceRow(j0, first0, axes[0], onAxis(0))),
          forRange(j1, 0, axes[1].count, 1, rows),
        ]),
      ]),
    ]);
  });

  /** Elements lead … end − 1 of a segment. Those of large strides one by one: a vector could reach far past the input. */
  function copy({
    row,
    lead,
    end,
    target,
    at,
    address,
  }: Readonly<Record<"row" | "lead" | "end" | "target" | "at" | "address", Local>>): Code {
    const s = stride[2];
    const place = i32.add(target, i32.shl(at, 2));
    const four =
      s === 1 ? v128.load(address) : v128.shuffle32(v128.load(address), v128.load(address, 16), [0, 2, 4, 6]);
    const move = s <= 2 ? v128.store(place, four) : f32.store(place, f32.load(address));
    const width = s <= 2 ? 4 : 1;
    return [
      address.set(i32.add(row, i32.mul(lead, s * BYTES))),
      forRange(at, lead, end, width, [move, address.add(width * s * BYTES)]),
    ];
  }
}
