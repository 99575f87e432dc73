import { type Geometry, product } from "./geometry.ts";

/** How a call with one channel of input for each of output is computed: planes of rows, some rows at a time. */
export interface DepthwisePlan {
  /** Rows of outputs that are computed together, and share the input rows they read. */
  readonly together: number;
  /** Input rows that those are made from. */
  readonly inputs: number;
  /** Rows of an item, a multiple of `together`, and how many items a plane has. */
  readonly rows: number;
  readonly chunks: number;
}

/** Input rows at most: a pointer is held for each. */
const POINTERS = 8;
/** Taps that are written out at most. */
const TAPS = 49;
/** Elements of a row at most: one of zeros is kept beside. */
const ROW = 65_536;
/** Elements past the end of an input that may be read. */
const SLACK = 16;
/** Vectors at the borders of a row at most: each is written out. */
const BORDER = 8;
/** Multiplications of an item. */
const WORK = 400_000;

/**
 * The vectors of a row of outputs, by the column of their first: those next to each other whose every tap is in the
 * input, and the others, at the borders and where the last is moved back so that it does not reach past the end.
 */
export function columnsOf({ X, R, P, stride, dilation, begin }: Geometry) {
  const whole = Math.floor(P[2] / 4);
  const step = 4 * stride[2];
  const first = Math.min(whole, Math.max(0, Math.ceil(begin[2] / step)));
  const last = X[2] - 1 + begin[2] - (R[2] - 1) * dilation[2] - 3 * stride[2];
  const past = Math.max(first, Math.min(whole, Math.floor(last / step) + 1));
  const before = Array.from({ length: first }, (_, i) => 4 * i);
  const after = Array.from({ length: whole - past }, (_, i) => 4 * (past + i));
  const rest = P[2] % 4 === 0 ? [] : [Math.max(0, P[2] - 4)];
  return { inner: { from: 4 * first, count: past - first }, single: [...before, ...after, ...rest] };
}

/** Undefined where the general kernels have to do it. */
export function depthwisePlan(geometry: Geometry): DepthwisePlan | undefined {
  const { C, O, X, R, P, stride, dilation, begin, spread } = geometry;
  if (C !== 1 || O !== 1 || spread || X[0] !== 1 || P[0] !== 1 || R[0] !== 1) return undefined;
  if (stride[2] > 2 || product(R) > TAPS || X[2] > ROW) return undefined;
  const reach = (P[2] - 1) * stride[2] + (R[2] - 1) * dilation[2] - begin[2] + 4 * stride[2];
  if (reach - X[2] > SLACK || begin[2] > SLACK) return undefined;
  if (columnsOf(geometry).single.length > BORDER) return undefined;
  const span = (R[1] - 1) * dilation[1] + 1;
  if (span > POINTERS) return undefined;
  const together = Math.min(4, P[1], Math.floor((POINTERS - span) / stride[1]) + 1);
  const perRow = P[2] * product(R);
  const rows = Math.ceil(Math.min(P[1], Math.max(1, WORK / perRow)) / together) * together;
  return { together, inputs: (together - 1) * stride[1] + span, rows, chunks: Math.ceil(P[1] / rows) };
}
