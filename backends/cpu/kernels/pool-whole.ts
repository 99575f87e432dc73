import type { Slide, Triple } from "../plain/volume.ts";
import { type Code, forRange, func, i32, v128, type WasmFunction } from "../wasm/index.ts";
import type { VectorReduction } from "./pool-rows.ts";
import { setRowStart } from "./row-start.ts";
import { type Held, pick } from "./strided.ts";

/** Windows that all have all their elements, close together along the fastest axis. */
export interface Whole {
  readonly X: Triple;
  readonly P: Triple;
  readonly R: Triple;
  readonly stride: Triple;
  readonly dilation: Triple;
}

/** Rows of a window at most: code is written for each. */
const ROWS = 9;
/** Vectors of a row that four windows need, at most. */
const VECTORS = 4;

/** Vectors of a row that four windows need. */
const vectorsOf = ({ R, stride, dilation }: Pick<Whole, "R" | "stride" | "dilation">): number =>
  Math.ceil((3 * stride[2] + (R[2] - 1) * dilation[2] + 1) / 4);

/** The windows as such, where they are. */
export function wholeOf({ X, P, R, stride, dilation, begin }: Slide): Whole | undefined {
  const whole = [0, 1, 2].every(
    (axis) =>
      begin[axis] === 0 && P[axis] >= 1 && (P[axis] - 1) * stride[axis] + (R[axis] - 1) * dilation[axis] < X[axis],
  );
  const close = stride[2] <= 2 && R[0] * R[1] <= ROWS && vectorsOf({ R, stride, dilation }) <= VECTORS;
  return whole && close && P[2] >= 4 ? { X, P, R, stride, dilation } : undefined;
}

/** Vector instructions for four windows, about. */
export const wholeWork = (whole: Whole): number => vectorsOf(whole) * whole.R[0] * whole.R[1] + 3 * whole.R[2];

/**
 * One item is a row of windows, four of them at a time; the last four again where a row does not fill vectors. The rows
 * of the input are combined in registers, and so are the taps along them. Vectors that the next four windows need
 * too are kept.
 */
export function poolWhole(whole: Whole, reduction: VectorReduction): WasmFunction {
  const { X, P, R, stride, dilation } = whole;
  const size = R[0] * R[1] * R[2];
  const vectors = Math.floor(P[2] / 4);
  // Where nothing is kept, and few rows make one, two at a time.
  const unroll = vectorsOf(whole) === stride[2] && R[0] * R[1] <= 2 ? 2 : 1;
  const rows = Array.from(
    { length: R[0] * R[1] },
    (_, row) => 4 * X[2] * (Math.floor(row / R[1]) * dilation[0] * X[1] + (row % R[1]) * dilation[1]),
  );
  return func("pool", { first: "i32", past: "i32", thread: "i32", V: "i32", Z: "i32" }, (at, local) => {
    const [item, start, source, target, end] = Array.from({ length: 5 }, () => local("i32"));
    const [value, element, spare, divisor] = Array.from({ length: 4 }, () => local("v128"));
    const combined = Array.from({ length: vectorsOf(whole) }, () => local("v128"));
    const [even, odd] = [local("v128"), local("v128")];
    const next = stride[2];

    /** Vector v of the row that the rows of the windows make. */
    const combine = (v: number, ahead = 0): Code => [
      combined[v].set(reduction.load(v128.load(source, ahead + 16 * v), spare)),
      rows
        .slice(1)
        .map((row) => [
          element.set(reduction.load(v128.load(source, row + ahead + 16 * v), spare)),
          combined[v].set(reduction.step(combined[v], element)),
        ]),
    ];
    const lanes = (from: number, step: number): number[] => [0, 1, 2, 3].map((lane) => from + step * lane);
    const plain: readonly Held[] = combined.map((vector, v) => ({ vector, elements: lanes(4 * v, 1) }));
    const held: readonly Held[] =
      stride[2] === 1
        ? plain
        : [{ vector: even, elements: lanes(0, 2) }, { vector: odd, elements: lanes(1, 2) }, ...plain];
    const along: Code = [
      stride[2] === 1 ? [] : [pick(plain, lanes(0, 2), even), R[2] === 1 ? [] : pick(plain, lanes(1, 2), odd)],
      Array.from({ length: R[2] }, (_, k) => {
        const elements = lanes(k * dilation[2], stride[2]);
        const ready = held.find((one) => elements.every((wanted, lane) => one.elements[lane] === wanted))?.vector;
        const tap = ready ?? element;
        return [ready ? [] : pick(held, elements, element), value.set(k === 0 ? tap : reduction.step(value, tap))];
      }),
    ];
    const begin: Code = combined.slice(next).map((_, v) => combine(v));
    /** Four windows, so many vectors of windows ahead. */
    const windows = (turn = 0): Code => [
      combined.map((_, v) => (v < combined.length - next ? [] : combine(v, 16 * next * turn))),
      along,
      v128.store(target, reduction.finish(value, divisor.get()), 16 * turn),
      combined.slice(next).map((vector, v) => combined[v].set(vector)),
    ];
    const turns = (count: number): Code => Array.from({ length: count }, (_, turn) => windows(turn));
    const to = (window: number): Code => [
      source.set(i32.add(start, 4 * stride[2] * window)),
      target.set(i32.add(at.Z, i32.add(i32.mul(item, 4 * P[2]), 4 * window))),
    ];
    return [
      divisor.set(v128.f32([size, size, size, size])),
      forRange(item, at.first, at.past, 1, [
        setRowStart(start, item, X, P, stride),
        start.add(at.V),
        to(0),
        end.set(i32.add(target, 16 * (vectors - (vectors % unroll)))),
        begin,
        forRange(target, target, end, 16 * unroll, [turns(unroll), source.add(16 * next * unroll)]),
        turns(vectors % unroll),
        P[2] % 4 === 0 ? [] : [to(P[2] - 4), begin, windows()],
      ]),
    ];
  });
}
