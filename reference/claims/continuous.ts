import { type Exact, exact, exactly, rounded } from "../arithmetics/exact.ts";
import { float64 } from "../arithmetics/float64.ts";
import { structural } from "../arithmetics/structural.ts";
import { convolveAt, type Grid, type RealFunction } from "../quadrature.ts";
import { all, atMost, type Claim, equal, range } from "./claim.ts";

const number = (a: Exact): number => rounded(a, "f64");
const one = exactly(1);

/** 1 on [0, 1), 0 elsewhere; in several variables on the unit cube. */
const box: RealFunction<Exact> = (...a) => (a.every((at) => at >= 0 && at < 1) ? one : exact.zero);

/** What box ∗ box is: 1 − |t − 1| where that is positive. */
const triangle = (t: number): number => Math.max(0, 1 - Math.abs(t - 1));

/** Sixteenths from −1 to 3: beyond all that a box or a triangle is not zero on. */
const sixteenths: Grid = { low: [-1], n: [64], h: [1, 16] };

const boxes: readonly Claim[] = [
  {
    id: "continuous/boxes-give-a-triangle",
    clause: "CONV-1",
    title: "box ∗ box is the triangle, exactly, where the jumps lie between cells",
    holds: () => {
      const points = range(-8, 40).map((at) => at / 16);
      return all(
        points.map((t) => number(convolveAt(exact, box, box, [t], sixteenths)) === triangle(t)),
        "points",
      );
    },
  },
  {
    id: "continuous/boxes-between-cells",
    clause: "CONV-1",
    title: "elsewhere one jump of height 1 is within a cell, and the error at most half a cell",
    holds: () => {
      const points = range(1, 511).map((at) => at / 256);
      const errors = points.map((t) => Math.abs(number(convolveAt(exact, box, box, [t], sixteenths)) - triangle(t)));
      return atMost(1 / 32, Math.max(...errors));
    },
  },
  {
    id: "continuous/boxes-in-the-plane",
    clause: "CONV-1",
    title: "in the plane box ∗ box is the product of the triangles of the two axes",
    holds: () => {
      const quarters: Grid = { low: [-1, -1], n: [12, 12], h: [1, 4] };
      const points = range(-1, 9).flatMap((at) => range(-1, 9).map((other) => [at / 4, other / 4]));
      return all(
        points.map((t) => number(convolveAt(exact, box, box, t, quarters)) === triangle(t[0]) * triangle(t[1])),
        "points",
      );
    },
  },
];

/** The normal density of a variance. */
const gaussian =
  (variance: number): RealFunction<number> =>
  (a) =>
    Math.exp((-a * a) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);

/**
 * The largest error of the midpoint rule for the product of two Gaussians of variances p and q at t, a Gaussian of variance
 * v = pq/(p + q) times the value s looked for: s · 2Σ_k exp(−2π²k²v/h²) by Poisson's formula, s · exp(−z²/2) for what
 * is left out beyond z standard deviations, and the roundings of n terms of 8 operations each.
 */
function allowedError(p: number, q: number, t: number, { low, n, h: [up, down] }: Grid, s: number): number {
  const [v, h] = [(p * q) / (p + q), up / down];
  const centre = (t * p) / (p + q);
  const reach = Math.min(centre - low[0], low[0] + n[0] * h - centre) / Math.sqrt(v);
  const aliases = range(1, 5).map((k) => 2 * Math.exp((-2 * Math.PI ** 2 * k ** 2 * v) / h ** 2));
  const roundings = (n[0] + 8) * 2 ** -53;
  return s * (aliases.reduce((sum, alias) => sum + alias) + Math.exp(-(reach ** 2) / 2) + roundings);
}

const gaussians: Claim = {
  id: "continuous/gaussians-add-variances",
  clause: "CONV-1",
  title: "Gaussian ∗ Gaussian is the Gaussian of the added variances: error as a part of the derived bound",
  holds: () => {
    const halves: Grid = { low: [-10], n: [40], h: [1, 2] };
    const [p, q] = [1, 0.25];
    const parts = range(-24, 24).map((at) => {
      const t = at / 8;
      const s = gaussian(p + q)(t);
      const found = convolveAt(float64, gaussian(p), gaussian(q), [t], halves);
      return Math.abs(found - s) / allowedError(p, q, t, halves, s);
    });
    return atMost(1, Math.max(...parts));
  },
};

/** Measurements of the position of a ship, each one of a second and 2⁻⁴ seconds apart. */
const measured: Grid = { low: [0], n: [64], h: [1, 16] };
const now = 3;

/** Equal weights for measurements of an age between two bounds, the integral of all being `total`. */
const weights =
  (from: number, to: number, total = 1): RealFunction<Exact> =>
  (age) =>
    age >= from && age < to ? exact.scale(exactly(total), 1, to - from) : exact.zero;

const smoothed = (x: (a: number) => number, w: RealFunction<Exact>): number =>
  number(convolveAt(exact, (a) => exactly(x(a)), w, [now], measured));

/** The times after now at which a measurement takes part in the estimate for now. */
function lookedAhead(w: RealFunction<Exact>): number {
  const position = (a: number) => structural.embed(1, { tensor: "x", offset: a });
  const weight = (age: number) => structural.embed(number(w(age)), { tensor: "", offset: 0 });
  const parts = convolveAt(structural, position, weight, [now], measured)?.get("x") ?? new Set();
  return [...parts].filter((a) => a > now).length;
}

const smoothing: readonly Claim[] = [
  {
    id: "continuous/density-averages",
    clause: "CONV-1",
    title: "under weights that are a density a ship at rest at 5 is seen at 5",
    holds: () =>
      equal(
        5,
        smoothed(() => 5, weights(0, 2)),
      ),
  },
  {
    id: "continuous/no-density-no-average",
    clause: "CONV-1",
    title: "under weights that add up to 2 it is seen at 10, where no measurement was",
    holds: () =>
      equal(
        10,
        smoothed(() => 5, weights(0, 2, 2)),
      ),
  },
  {
    id: "continuous/only-the-past",
    clause: "CONV-1",
    title: "weights that are zero for negative ages use no measurement of the future",
    holds: () => equal(0, lookedAhead(weights(0, 2))),
  },
  {
    id: "continuous/negative-ages-look-ahead",
    clause: "CONV-1",
    title: "weights on ages from −1 to 1 use the measurements of one second to come: 16",
    holds: () => equal(16, lookedAhead(weights(-1, 1))),
  },
  {
    id: "continuous/estimate-lags",
    clause: "CONV-1",
    title: "a ship that moves steadily is seen where it was at the mean age of the weights, one second ago",
    holds: () =>
      equal(
        3 * (now - 1) + 7,
        smoothed((a) => 3 * a + 7, weights(0, 2)),
      ),
  },
  {
    id: "continuous/noise-shrinks",
    clause: "CONV-1",
    title: "of independent noise the average of 32 measurements has 1/32 of the variance, Σ (h·w)²",
    holds: () => {
      const w = weights(0, 2);
      const squares = range(0, 31).map((at) => (number(w((at + 0.5) / 16)) / 16) ** 2);
      return equal(
        1 / 32,
        squares.reduce((sum, square) => sum + square),
      );
    },
  },
  {
    id: "continuous/recent-counts-more",
    clause: "CONV-1",
    title: "weights that fall with age put the estimate nearer to the latest measurement than equal ones do",
    holds: () => {
      const falling: RealFunction<Exact> = (age) => (age >= 0 && age < 2 ? exactly(1 - age / 2) : exact.zero);
      const latest = 3 * now + 7;
      const [equalWeights, fallingWeights] = [weights(0, 2), falling].map(
        (w) => latest - smoothed((a) => 3 * a + 7, w),
      );
      return equal("nearer", fallingWeights < equalWeights ? "nearer" : "not nearer");
    },
  },
];

/** CONV-1: the integral of the notes as a quadrature, against closed forms. */
export const continuousClaims: readonly Claim[] = [...boxes, gaussians, ...smoothing];
