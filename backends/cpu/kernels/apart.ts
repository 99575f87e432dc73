import type { Slide, Triple } from "../plain/volume.ts";
import { type Code, f32, forRange, fromTo, i32, type Local, type NewLocal, v128, when } from "../wasm/index.ts";
import { setRowStart } from "./row-start.ts";

/** Windows that lie side by side, each with all its elements: what is left at the far end of an axis is in none. */
export interface Apart {
  readonly X: Triple;
  readonly P: Triple;
  readonly R: Triple;
}

/** Taps of a window at most: code is written for each. */
const TAPS = 16;

/** The windows as such, where they are: every element of the input is then in one window at most. */
export function apartOf({ X, P, R, stride, dilation, begin }: Slide): Apart | undefined {
  const apart = [0, 1, 2].every(
    (axis) =>
      begin[axis] === 0 &&
      stride[axis] === R[axis] &&
      (dilation[axis] === 1 || R[axis] === 1) &&
      P[axis] >= 1 &&
      P[axis] * R[axis] <= X[axis],
  );
  const few = R[0] * R[1] * R[2] <= TAPS && R[2] <= 4;
  return apart && few && P[2] >= 4 ? { X, P, R } : undefined;
}

/** Where the rows of a window begin, in bytes from its first element. */
export const rowsWithin = ({ X, R }: Apart): readonly number[] =>
  Array.from({ length: R[0] * R[1] }, (_, row) => 4 * X[2] * (Math.floor(row / R[1]) * X[1] + (row % R[1])));

/** What a kernel goes through: its items, an array as large as the input, and one with an element for each window. */
export interface ApartArrays {
  readonly first: Local;
  readonly past: Local;
  /** Of the input's size, written to. */
  readonly dV: Local;
  /** Of the input's size, read, if there is one. */
  readonly V?: Local;
  readonly G: Local;
}

/** Sets so many elements to zero, exactly, and moves the address there. */
const zero = (address: Local, elements: number, x: Local): Code => {
  const vectors = Math.floor(elements / 4);
  return [
    vectors === 0 ? [] : fromTo(x, 0, vectors, 1, [v128.store(address, v128.zero()), address.add(16)]),
    Array.from({ length: elements % 4 }, (_, lane) => f32.store(address, f32.const(0), 4 * lane)),
  ];
};

/**
 * Goes through rows of windows, one an item, four windows at a time; the last four again, where a row does not fill
 * vectors. Elements in no window become zero.
 * @param unroll how often four windows are visited in one turn of the loop
 * @param visit is given the addresses of the first element of the first window, in V and dV, and of its error, and
 *   which of those of the turn the four windows are
 */
export function rowsApart(
  apart: Apart,
  { first, past, dV, V, G }: ApartArrays,
  local: NewLocal,
  unroll: number,
  visit: (addresses: { readonly errors: Local; readonly target: Local; readonly source: Local }, turn: number) => Code,
): Code {
  const { X, P, R } = apart;
  const [item, start, x, end] = Array.from({ length: 4 }, () => local("i32"));
  const [errors, target, source] = Array.from({ length: 3 }, () => local("i32"));
  const addresses = { errors, target, source };
  const at = (window: number): Code => [
    errors.set(i32.add(G, i32.add(i32.mul(item, 4 * P[2]), 4 * window))),
    target.set(i32.add(start, i32.add(dV, 4 * R[2] * window))),
    V ? source.set(i32.add(start, i32.add(V, 4 * R[2] * window))) : [],
  ];
  const vectors = Math.floor(P[2] / 4);
  const turns = (count: number): Code => Array.from({ length: count }, (_, turn) => visit(addresses, turn));
  const left = X.map((extent, axis) => extent - P[axis] * R[axis]);
  const sides: Code =
    left[2] === 0
      ? []
      : rowsWithin(apart).map((row) =>
          Array.from({ length: left[2] }, (_, n) =>
            f32.store(i32.add(start, dV), f32.const(0), row + 4 * (P[2] * R[2] + n)),
          ),
        );
  // Below the last row of windows of a slice, and behind the last slice of them.
  const below: Code =
    left[1] === 0
      ? []
      : when(
          i32.eq(i32.rem_u(item, P[1]), P[1] - 1),
          Array.from({ length: R[0] }, (_, k0) => [
            target.set(i32.add(i32.add(start, dV), 4 * X[2] * (k0 * X[1] + R[1]))),
            zero(target, left[1] * X[2], x),
          ]),
        );
  const behind: Code =
    left[0] === 0
      ? []
      : when(i32.eq(i32.rem_u(item, P[0] * P[1]), P[0] * P[1] - 1), [
          target.set(i32.add(i32.add(start, dV), 4 * X[2] * (R[0] * X[1] - (P[1] - 1) * R[1]))),
          zero(target, left[0] * X[1] * X[2], x),
        ]);
  return forRange(item, first, past, 1, [
    setRowStart(start, item, X, P, R),
    at(0),
    end.set(i32.add(errors, 16 * (vectors - (vectors % unroll)))),
    forRange(errors, errors, end, 16 * unroll, [
      turns(unroll),
      target.add(16 * R[2] * unroll),
      V ? source.add(16 * R[2] * unroll) : [],
    ]),
    turns(vectors % unroll),
    P[2] % 4 === 0 ? [] : [at(P[2] - 4), turns(1)],
    sides,
    below,
    behind,
  ]);
}
