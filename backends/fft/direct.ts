import type { Sliding, Triple, Weighing } from "./problem.ts";

/** From the first to before the last output of each axis. */
export type Region = readonly [from: Triple, to: Triple];

/** The first index i ≥ 0 with x + i·step ≥ 0, and the first past the last with x + i·step < extent, of count ones. */
const firstIndex = (x: number, step: number): number => (x >= 0 ? 0 : Math.ceil(-x / step));
const pastIndex = (x: number, step: number, count: number, extent: number): number =>
  Math.min(count, Math.ceil((extent - x) / step));

/** The greatest common divisor. */
const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));

/**
 * One output of a sliding sum without its bias, added up in double precision from the terms whose index is valid.
 * @param q the place of the output on each axis
 */
export function slidingElement(problem: Sliding, n: number, g: number, o: number, q: Triple): number {
  const { A, B, counts, stride, dilation, upsample, origin, flipped } = problem;
  const [R0, R1, R2] = B.extents;
  const [, X1, X2] = A.extents;
  const [u0, u1, u2] = upsample;
  const taps = R0 * R1 * R2;
  const extents = A.extents.map((extent, axis) => (extent - 1) * upsample[axis] + 1);
  const x = q.map((place, axis) => place * stride[axis] - origin[axis]);
  const from = x.map((place, axis) => firstIndex(place, dilation[axis]));
  const to = x.map((place, axis) => pastIndex(place, dilation[axis], B.extents[axis], extents[axis]));
  // On the last axis every `period`-th tap meets an element, `step` apart; the first of them is `first2`.
  const period = u2 / common(u2, dilation[2]);
  const step = (period * dilation[2]) / u2;
  const turn = flipped ? -period : period;
  let first2 = from[2];
  while (first2 < to[2] && (x[2] + first2 * dilation[2]) % u2 !== 0) first2++;
  let sum = 0;
  for (let c = 0; c < counts.channels; c++) {
    const a = n * A.strides[0] + g * A.strides[1] + c * A.strides[2];
    const b = g * B.strides[0] + o * B.strides[1] + c * B.strides[2];
    for (let t0 = from[0]; t0 < to[0]; t0++) {
      const x0 = x[0] + t0 * dilation[0];
      if (x0 % u0 !== 0) continue;
      for (let t1 = from[1]; t1 < to[1]; t1++) {
        const x1 = x[1] + t1 * dilation[1];
        if (x1 % u1 !== 0) continue;
        let at = a + ((x0 / u0) * X1 + x1 / u1) * X2 + (x[2] + first2 * dilation[2]) / u2;
        const tap1 = (t0 * R1 + t1) * R2;
        let tap = b + (flipped ? taps - 1 - tap1 - first2 : tap1 + first2);
        for (let t2 = first2; t2 < to[2]; t2 += period, at += step, tap += turn) sum += A.data[at] * B.data[tap];
      }
    }
  }
  return sum;
}

/** Writes the outputs of a region, for one sample, group and filter. */
export function slidingRegion(problem: Sliding, n: number, g: number, o: number, [from, to]: Region): void {
  const { out, bias, counts } = problem;
  const base = n * out.strides[0] + g * out.strides[1] + o * out.strides[2];
  const b = bias ? bias[g * counts.filters + o] : 0;
  for (let q0 = from[0]; q0 < to[0]; q0++)
    for (let q1 = from[1]; q1 < to[1]; q1++)
      for (let q2 = from[2]; q2 < to[2]; q2++)
        out.data[base + (q0 * out.extents[1] + q1) * out.extents[2] + q2] =
          slidingElement(problem, n, g, o, [q0, q1, q2]) + b;
}

/**
 * The part that places p of a region of G in samples [n, past) have in one weight, in double precision.
 * @param k the tap, in the order of the window
 */
export function weighedElement(
  { G, V, stride, dilation, origin }: Weighing,
  [first, past]: readonly [number, number],
  [g, o, c]: Triple,
  k: Triple,
  [from, to]: Region,
): number {
  const [, P1, P2] = G.extents;
  const [, X1, X2] = V.extents;
  const x = k.map((tap, axis) => tap * dilation[axis] - origin[axis]);
  const low = x.map((place, axis) => Math.max(from[axis], firstIndex(place, stride[axis])));
  const high = x.map((place, axis) => pastIndex(place, stride[axis], to[axis], V.extents[axis]));
  let sum = 0;
  for (let n = first; n < past; n++) {
    const upstream = n * G.strides[0] + g * G.strides[1] + o * G.strides[2];
    const input = n * V.strides[0] + g * V.strides[1] + c * V.strides[2];
    for (let p0 = low[0]; p0 < high[0]; p0++)
      for (let p1 = low[1]; p1 < high[1]; p1++) {
        const row = input + ((x[0] + p0 * stride[0]) * X1 + x[1] + p1 * stride[1]) * X2 + x[2];
        const above = upstream + (p0 * P1 + p1) * P2;
        for (let p2 = low[2]; p2 < high[2]; p2++) sum += G.data[above + p2] * V.data[row + p2 * stride[2]];
      }
  }
  return sum;
}
