import { type Code, f32x4, f64x2, i32, type Lanes, v128 } from "./encode.ts";

/** A complex number, or four side by side, in locals: its parts in two, or both in one. */
export type Value = readonly number[];

/**
 * How complex numbers lie in memory and in vectors.
 * split: four real parts, then four imaginary ones, which is the order of PFFFT's spectra.
 * joined: one number a vector, real part first.
 */
export interface Representation {
  readonly lanes: Lanes;
  /** The locals that one value takes. */
  readonly locals: 1 | 2;
  /** The bytes of one value in memory. */
  readonly bytes: number;
  load(to: Value, pointer: Code, offset?: number): Code;
  store(pointer: Code, from: Value, offset?: number): Code;
  add(to: Value, a: Value, b: Value): Code;
  sub(to: Value, a: Value, b: Value): Code;
  /** to = a + i·b, or a − i·b. `to` may be neither a nor b. */
  addTurned(to: Value, a: Value, b: Value, sign: 1 | -1): Code;
  /** to = a·x for a real constant x. */
  scale(to: Value, a: Value, x: number): Code;
  /** to = a·(c + i·s), s negated where conjugate, for c and s splat in two locals. `to` may not be a. */
  turn(to: Value, a: Value, c: number, s: number, conjugate: boolean): Code;
  /** to = to + a·conj(b); b is overwritten. */
  accumulate(to: Value, a: Value, b: Value): Code;
}

const { get, set } = v128;

/** Applies a lanewise operation to each local of values. */
const each = (to: Value, value: (part: number) => Code): Code =>
  to.flatMap((local, part) => [...set(local, value(part))]);

function elementwise(lanes: Lanes, parts: 1 | 2) {
  return {
    lanes,
    locals: parts,
    bytes: 16 * parts,
    load: (to: Value, pointer: Code, offset = 0): Code => each(to, (part) => v128.load(pointer, offset + 16 * part)),
    store: (pointer: Code, from: Value, offset = 0): Code =>
      from.flatMap((local, part) => [...v128.store(pointer, get(local), offset + 16 * part)]),
    add: (to: Value, a: Value, b: Value): Code => each(to, (part) => lanes.add(get(a[part]), get(b[part]))),
    sub: (to: Value, a: Value, b: Value): Code => each(to, (part) => lanes.sub(get(a[part]), get(b[part]))),
    scale: (to: Value, a: Value, x: number): Code =>
      each(to, (part) => lanes.multiply(get(a[part]), lanes.constant(x))),
  } as const;
}

export const split: Representation = {
  ...elementwise(f32x4, 2),
  addTurned: ([re, im], a, b, sign) => [
    ...set(re, (sign > 0 ? f32x4.sub : f32x4.add)(get(a[0]), get(b[1]))),
    ...set(im, (sign > 0 ? f32x4.add : f32x4.sub)(get(a[1]), get(b[0]))),
  ],
  turn: ([re, im], a, c, s, conjugate) => {
    const { multiply, add, sub } = f32x4;
    return [
      ...set(re, (conjugate ? add : sub)(multiply(get(a[0]), get(c)), multiply(get(a[1]), get(s)))),
      ...set(im, (conjugate ? sub : add)(multiply(get(a[1]), get(c)), multiply(get(a[0]), get(s)))),
    ];
  },
  accumulate: ([re, im], a, b) => {
    const { multiply, add, sub } = f32x4;
    return [
      ...set(re, add(get(re), add(multiply(get(a[0]), get(b[0])), multiply(get(a[1]), get(b[1]))))),
      ...set(im, add(get(im), sub(multiply(get(a[1]), get(b[0])), multiply(get(a[0]), get(b[1]))))),
    ];
  },
};

const second = [8, 9, 10, 11, 12, 13, 14, 15];
const first = [0, 1, 2, 3, 4, 5, 6, 7];
const swapped = (a: Code): Code => v128.shuffle(a, a, [...second, ...first]);
const both = (a: Code, half: readonly number[]): Code => v128.shuffle(a, a, [...half, ...half]);
const alternating = f64x2.constants([-1, 1]);

export const joined: Representation = {
  ...elementwise(f64x2, 1),
  addTurned: ([to], [a], [b], sign) =>
    set(to, (sign > 0 ? f64x2.add : f64x2.sub)(get(a), f64x2.multiply(swapped(get(b)), alternating))),
  turn: ([to], [a], c, s, conjugate) => {
    const along = f64x2.multiply(get(a), get(c));
    const across = f64x2.multiply(f64x2.multiply(swapped(get(a)), alternating), get(s));
    return set(to, (conjugate ? f64x2.sub : f64x2.add)(along, across));
  },
  accumulate: ([to], [a], [b]) => {
    const along = f64x2.multiply(get(a), both(get(b), first));
    const across = f64x2.multiply(f64x2.multiply(swapped(get(a)), alternating), both(get(b), second));
    return set(to, f64x2.add(get(to), f64x2.sub(along, across)));
  },
};

/** The address of a local plus a number of bytes in another. */
export const at = (pointer: number, more?: number): Code =>
  more === undefined ? i32.get(pointer) : i32.add(i32.get(pointer), i32.get(more));
