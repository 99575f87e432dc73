import type { Tensor } from "../../spec/index.ts";
import type { Cell } from "./cell.ts";
import type { Expected } from "./expected.ts";

/** What comparing an engine's elements gave. */
export interface Comparison {
  /** The largest error of an element, in units of its Σ|x||w|. */
  readonly maxError: number;
  /** What is wrong with the result; undefined where nothing is. */
  readonly wrong?: string;
}

const u = 2 ** -24;
/** C of the class TRANSFORM. */
const transform = 20;

const norm = ({ data }: Tensor): number => {
  let squares = 0;
  for (const value of data) squares += value * value;
  return Math.sqrt(squares);
};

/** log₂ of the power of two that holds the full result of the spatial axes. */
const log2Length = ({ sliding, inputs, operation }: Cell): number => {
  if (!sliding) return 0;
  const [first, second] = Object.values(inputs).map((shape) => shape.slice(2));
  const other = operation === "kernel gradient" ? second : sliding.window;
  return first.reduce((sum, n, axis) => sum + Math.ceil(Math.log2(n + (other[axis] ?? 1) - 1)), 0);
};

/** How many of the samples and channels that the norms are of an element of the output has one of. */
const shares = ({ output }: Cell): number => {
  const [first, second] = output.shape;
  return first * second;
};

/**
 * How far an element may be off, by the page on verdicts: LOCAL, or, where an engine may have gone through
 * another basis, as for convolutions, TRANSFORM, whichever is more.
 */
export function allowances(cell: Cell, inputs: Readonly<Record<string, Tensor>>, { elements }: Expected): number[] {
  const convolution = cell.operator.startsWith("correlate");
  const [first, second] = Object.values(inputs);
  const mixed = convolution ? transform * u * log2Length(cell) * norm(first) * norm(second) : 0;
  const channels = Math.sqrt(convolution ? shares(cell) : 1);
  return elements.map(({ value, bound, terms }) => {
    const n = (terms + 2) * u;
    return Math.max((n / (1 - n)) * bound, mixed / channels) + u * Math.abs(value) + 2 ** -149;
  });
}

/** Holds the sampled elements of a result against what is expected. */
export function compare(
  cell: Cell,
  expected: Expected,
  allowed: readonly number[],
  got: readonly number[],
): Comparison {
  let maxError = 0;
  let wrong: string | undefined;
  for (const [at, { value, bound }] of expected.elements.entries()) {
    const error = Math.abs(got[at] - value);
    const passes = error <= allowed[at];
    if (!passes) wrong ??= `${cell.output.name} at ${expected.positions[at]} is ${got[at]}, expected ${value}`;
    if (error > 0) maxError = Math.max(maxError, bound > 0 ? error / bound : Number.POSITIVE_INFINITY);
    if (Number.isNaN(error)) maxError = Number.POSITIVE_INFINITY;
  }
  return { maxError, wrong };
}
