import {
  block,
  brIf,
  type Code,
  f32x4,
  forRange,
  func,
  i32,
  type Local,
  loop,
  multiplyAdd,
  type NewLocal,
  select,
  v128,
  type WasmFunction,
  when,
} from "../../wasm/index.ts";
import { columnsOf, type DepthwisePlan } from "../depthwise-plan.ts";
import { type Geometry, product } from "../geometry.ts";
import { BYTES, storeLanes } from "./bytes.ts";

const parameters = {
  first: "i32",
  past: "i32",
  thread: "i32",
  V: "i32",
  K: "i32",
  b: "i32",
  Z: "i32",
  /** A row of zeros, which stands for rows of padding. */
  zeros: "i32",
  notFinite: "i32",
} as const;

/** Elements that the row of zeros must have before its first and in all. */
export const ZEROS_BEFORE = 16;
export const zerosLength = ({ X }: Geometry): number => X[2] + ZEROS_BEFORE + 32;

/** Which lanes of a vector of outputs from column x on find their tap in the input. */
const lanesInside = ({ X, stride, dilation, begin }: Geometry, x: number, tap: number): boolean[] =>
  [0, 1, 2, 3].map((lane) => {
    const column = (x + lane) * stride[2] + tap * dilation[2] - begin[2];
    return column >= 0 && column < X[2];
  });

/**
 * The function `depthwise`: every output channel is made from one channel of the input, in place and without a copy.
 * Some rows of outputs are computed at a time, four columns of each, so that each vector of the input serves all of
 * them; at the left and right border, lanes of padding are set to zero. An item is some rows of a plane.
 */
export function depthwise(geometry: Geometry, plan: DepthwisePlan, relaxed: boolean): readonly WasmFunction[] {
  const { groups, X, R, P, stride, dilation, begin, flipped, bias: biased } = geometry;
  const { together, inputs, rows, chunks } = plan;
  const taps = product(R);
  const columns = Array.from({ length: R[2] }, (_, l) => l);
  const { inner, single } = columnsOf(geometry);
  const lanes = Math.min(4, P[2]);

  const body = (a: { readonly [N in keyof typeof parameters]: Local }, local: NewLocal): Code => {
    const madd = multiplyAdd(relaxed);
    let fences = 0;
    const [item, plane, channel, y, past, x, source, row] = Array.from({ length: 8 }, () => local("i32"));
    const [target, outputs, border] = [local("i32"), local("i32"), local("i32")];
    const pointers = Array.from({ length: inputs }, () => local("i32"));
    const weights = Array.from({ length: taps }, () => local("v128"));
    const sums = Array.from({ length: together }, () => local("v128"));
    const values = columns.map(() => local("v128"));
    const [bias, check] = [local("v128"), local("v128")];
    const weight = (k: number, l: number): Local => weights[flipped ? taps - 1 - k * R[2] - l : k * R[2] + l];

    /** The input of each lane for a tap, for outputs from column `at` of the row on, or from a variable column on. */
    const input = (pointer: Local, l: number, at: number | undefined): Code => {
      const column = l * dilation[2] + (at ?? inner.from) * stride[2];
      const address = at === undefined ? i32.add(pointer, x) : pointer;
      const four = (more: number): Code => v128.load(address, (column + more) * BYTES);
      const loaded = stride[2] === 1 ? four(0) : v128.shuffle32(four(0), four(4), [0, 2, 4, 6]);
      const inside = at === undefined ? [] : lanesInside(geometry, at, l);
      if (inside.every((lane) => lane)) return loaded;
      const [p, q, r, s] = inside.map((lane) => (lane ? -1 : 0));
      return v128.and(loaded, v128.i32([p, q, r, s]));
    };
    const used = (l: number, at: number | undefined): boolean =>
      at === undefined || lanesInside(geometry, at, l).includes(true);
    /** What input row i of a group of output rows adds to them. */
    const addRow = (i: number, at: number | undefined): Code => [
      columns.filter((l) => used(l, at)).map((l) => values[l].set(input(pointers[i], l, at))),
      sums.map((sum, t) => {
        const k = (i - t * stride[1]) / dilation[1];
        if (!Number.isInteger(k) || k < 0 || k >= R[1]) return [];
        return columns.filter((l) => used(l, at)).map((l) => sum.set(madd(values[l], weight(k, l), sum)));
      }),
    ];
    const vector = (at: number | undefined, checked: boolean): Code => [
      sums.map((sum) => sum.set(biased ? bias : v128.zero())),
      // As in a tile: row by row, or V8 of Node 20 and 22 would load all rows first. In loops it would spill other rows' sums.
      pointers.map((_, i) => when(i32.ne(outputs, ++fences), addRow(i, at))),
      sums.map((sum, t) => [
        at === undefined
          ? v128.store(i32.add(outputs, i32.shr_u(x, stride[2] - 1)), sum, (inner.from + t * P[2]) * BYTES)
          : storeLanes(outputs, sum, { lanes, step: 1 }, (at + t * P[2]) * BYTES),
        // Not finite where a sum is not, as it may be where padding meets an infinite weight.
        checked ? check.set(f32x4.add(check, sum)) : [],
      ]),
    ];
    const step = 4 * stride[2] * BYTES;
    const innerLoop = (checked: boolean): Code =>
      inner.count === 0 ? [] : forRange(x, 0, inner.count * step, step, vector(undefined, checked));
    const pointTo = pointers.map((pointer, i) => [
      row.set(i32.add(i32.sub(i32.mul(y, stride[1]), begin[1]), i)),
      pointer.set(i32.add(source, i32.mul(row, X[2] * BYTES))),
      when(i32.ge_u(row, X[1]), [pointer.set(i32.add(a.zeros, ZEROS_BEFORE * BYTES)), border.set(1)]),
      pointer.set(i32.sub(pointer, begin[2] * BYTES)),
    ]);
    const group: Code = [
      border.set(0),
      pointTo,
      outputs.set(i32.add(target, i32.mul(y, P[2] * BYTES))),
      single.map((at) => vector(at, true)),
      when(border, innerLoop(true), innerLoop(false)),
    ];
    const least = (variable: Local, most: number): Code =>
      variable.set(select(variable, most, i32.lt_s(variable, most)));
    return block((leave) => [
      forRange(item, a.first, a.past, 1, [
        plane.set(i32.div_u(item, chunks)),
        channel.set(i32.rem_u(plane, groups)),
        source.set(i32.add(a.V, i32.mul(plane, X[1] * X[2] * BYTES))),
        target.set(i32.add(a.Z, i32.mul(plane, P[1] * P[2] * BYTES))),
        weights.map((value, k) =>
          value.set(v128.load32_splat(i32.add(a.K, i32.mul(channel, taps * BYTES)), k * BYTES)),
        ),
        biased ? bias.set(v128.load32_splat(i32.add(a.b, i32.shl(channel, 2)))) : [],
        y.set(i32.mul(i32.rem_u(item, chunks), rows)),
        past.set(i32.add(y, rows)),
        least(past, P[1]),
        loop((again) => [
          // The last rows of a plane overlap those before rather than reach past the end.
          least(y, P[1] - together),
          group,
          y.add(together),
          brIf(again, i32.lt_s(y, past)),
        ]),
      ]),
      brIf(leave, i32.eqz(v128.any_true(f32x4.ne(f32x4.sub(check, check), v128.zero())))),
      i32.store(a.notFinite, 1),
    ]);
  };
  return [func("depthwise", parameters, body)];
}
