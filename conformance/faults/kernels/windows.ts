import { decode, encode, has, indices, offsetOf, type StoredInputs } from "../../../reference/index.ts";
import { adaptiveWindow, type PoolAttributes, resolveWindow, type Shape, type Tensor } from "../../../spec/index.ts";
import { type Outputs, roundTo } from "../fault.ts";

/** One cell of a window: its tap k, and its place x on the spatial axes of the input. */
interface Cell {
  readonly k: readonly number[];
  readonly x: readonly number[];
}

/** One element of a window, with its value where the kernel reads the input. */
export interface Element extends Cell {
  readonly value: number;
}

/** One window of the loops. */
export interface WindowAt {
  readonly n: number;
  readonly c: number;
  readonly p: readonly number[];
  readonly P: Shape;
  readonly X: Shape;
  /** What of the window lies in the input. */
  readonly elements: readonly Element[];
  readonly inside: readonly number[];
  /** Cells of the window that lie before the end padding's end. */
  readonly padded: number;
  /** All cells of the window, overhang included. */
  readonly cells: number;
  /** The error of the window, in a gradient. */
  readonly error: number;
}

/** Where the windows over an input of extents X lie: P of them, each of some cells. */
export interface Layout {
  readonly X: Shape;
  readonly P: Shape;
  /** Cells of padding behind the input. */
  readonly end: readonly number[];
  cells(p: readonly number[]): Cell[];
}

/** The input coordinate of tap k of window p on one axis. */
export type Source = (p: number, s: number, k: number, d: number, a: number, axis: number) => number;

/** POOL-1: windows that slide. */
export function sliding(
  X: Shape,
  attributes: PoolAttributes,
  source: Source = (p, s, k, d, a) => p * s + k * d - a,
): Layout {
  const { window, stride: s, dilation: d } = attributes;
  const { begin: a, end, extents: P } = resolveWindow(X, window, attributes);
  const cells = (p: readonly number[]) =>
    Array.from(indices(...window), (k) => ({ k, x: p.map((_, i) => source(p[i], s[i], k[i], d[i], a[i], i)) }));
  return { X, P, end, cells };
}

/** From which cell of an axis to which the window p of P goes. */
export type Bounds = (p: number, P: number, X: number) => readonly [from: number, to: number];

/** POOL-7: windows of a fixed grid. */
export const grid = (X: Shape, P: Shape, bounds: Bounds = adaptiveWindow): Layout => ({
  X,
  P,
  end: X.map(() => 0),
  cells: (p) => {
    const between = p.map((_, i) => bounds(p[i], P[i], X[i]));
    return Array.from(indices(...between.map(([from, to]) => Math.max(0, to - from))), (k) => ({
      k,
      x: k.map((tap, i) => between[i][0] + tap),
    }));
  },
});

/** Every window of every channel. */
function* windows(
  [N, C]: Shape,
  layout: Layout,
  { V, G }: { readonly V?: Tensor; readonly G?: Tensor },
): Generator<WindowAt> {
  const { X, P, end } = layout;
  const values = V && decode(V);
  const errors = G && decode(G);
  for (const [n, c, ...p] of indices(N, C, ...P)) {
    const all = layout.cells(p);
    const elements = all
      .filter(({ x }) => has(X, x))
      .map(({ k, x }) => ({ k, x, value: values?.[offsetOf([N, C, ...X], [n, c, ...x])] ?? 0 }));
    yield {
      ...{ n, c, p, P, X, elements },
      inside: elements.map(({ value }) => value),
      padded: all.filter(({ x }) => x.every((at, i) => at < X[i] + end[i])).length,
      cells: all.length,
      error: errors?.[offsetOf([N, C, ...P], [n, c, ...p])] ?? 0,
    };
  }
}

const stored = ({ dtype }: Tensor, shape: Shape, values: readonly number[]): Tensor =>
  encode(dtype, shape, values.map(roundTo(dtype)));

/** Pools V with a reduction of one's own. */
export function poolWith({ V }: StoredInputs, layout: Layout, reduce: (at: WindowAt) => number): Outputs {
  const input = V as Tensor;
  const [N, C] = input.shape;
  return { Z: stored(input, [N, C, ...layout.P], Array.from(windows([N, C], layout, { V: input }), reduce)) };
}

/** Carries the errors G back: what each element of a window gets, and how that meets what it has got already. */
export function unpoolWith(
  { V, G }: StoredInputs,
  layout: Layout,
  share: (at: WindowAt) => readonly number[],
  meet: (before: number, more: number) => number = (before, more) => before + more,
): Outputs {
  const errors = G as Tensor;
  const [N, C] = errors.shape;
  const shape = [N, C, ...layout.X];
  const sums = Array<number>(shape.reduce((product, extent) => product * extent, 1)).fill(0);
  for (const at of windows([N, C], layout, { V, G: errors })) {
    const shares = share(at);
    for (const [i, { x }] of at.elements.entries()) {
      const place = offsetOf(shape, [at.n, at.c, ...x]);
      sums[place] = meet(sums[place], shares[i]);
    }
  }
  return { dV: stored(errors, shape, sums) };
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The place of the winner: NaN before all numbers, of equal ones the first; −1 where there is no value. */
export const winnerOf = (values: readonly number[]): number => {
  const nan = values.findIndex(Number.isNaN);
  return nan >= 0 ? nan : values.indexOf(Math.max(...values) + 0);
};

/** POOL-6: the weight of tap k; the centre of the window may be moved, and its dilation left out. */
export const weightOf = (
  k: readonly number[],
  { window: R, dilation: d }: Pick<PoolAttributes, "window" | "dilation">,
  centre = (r: number): number => (r - 1) / 2,
): number => 1 / (1 + sum(k.map((tap, i) => (d[i] * (tap - centre(R[i]))) ** 2)));
