import { exact, exactly, rounded } from "../../../reference/index.ts";

const { fround } = Math;

/** A sum of products v·w in single precision, started from a bias: one of the many correct ways. */
export type Sum = (bias: number, v: readonly number[], w: readonly number[]) => number;

const forward: Sum = (bias, v, w) => v.reduce((total, value, i) => fround(total + fround(value * w[i])), bias);

const pairwise = (terms: readonly number[]): number => {
  if (terms.length <= 1) return terms[0] ?? 0;
  const half = terms.length >> 1;
  return fround(pairwise(terms.slice(0, half)) + pairwise(terms.slice(half)));
};

const products = (v: readonly number[], w: readonly number[]): number[] => v.map((value, i) => fround(value * w[i]));

/** Every k-th element, for each of k lanes. */
const lanes = (terms: readonly number[], k: number): number[][] =>
  Array.from({ length: k }, (_, lane) => terms.filter((_, i) => i % k === lane));

const blocks = (terms: readonly number[], size: number): number[][] =>
  Array.from({ length: Math.ceil(terms.length / size) }, (_, at) => terms.slice(at * size, (at + 1) * size));

const added = (terms: readonly number[], start = 0): number =>
  terms.reduce((total, term) => fround(total + term), start);

/** a·b + c rounded once. */
const fused = (a: number, b: number, c: number): number => {
  const sum = exact.add(exact.multiply(exactly(a), exactly(b)), exactly(c));
  return rounded(sum, "f32");
};

/** Correct sums of products, as backends write them. */
export const sums: Readonly<Record<string, Sum>> = {
  forward,
  reversed: (bias, v, w) => forward(bias, v.toReversed(), w.toReversed()),
  "bias-last": (bias, v, w) => fround(forward(0, v, w) + bias),
  pairwise: (bias, v, w) => fround(pairwise(products(v, w)) + bias),
  "four-lanes": (bias, v, w) => fround(pairwise(lanes(products(v, w), 4).map((lane) => added(lane))) + bias),
  "eight-lanes": (bias, v, w) => fround(pairwise(lanes(products(v, w), 8).map((lane) => added(lane))) + bias),
  tiled: (bias, v, w) =>
    added(
      blocks(products(v, w), 5).map((block) => added(block)),
      bias,
    ),
  fused: (bias, v, w) => v.reduce((total, value, i) => fused(value, w[i], total), bias),
  double: (bias, v, w) => fround(v.reduce((total, value, i) => total + value * w[i], bias)),
};
