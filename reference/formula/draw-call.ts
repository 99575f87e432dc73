import {
  type Axes,
  type Call,
  ConstraintError,
  check,
  defaultWindow,
  type OperatorName,
  operatorNamed,
  type Random,
  resolveWindow,
  type Shape,
  type Tensor,
} from "../../spec/index.ts";
import type { StoredInputs } from "../evaluate.ts";
import { encode } from "../rounding.ts";

/** What of a call is left to chance; everything else has its default, and extents that a form leaves out are 1. */
export interface Freedom {
  readonly axes: Axes;
  /** The attributes that vary; all of them unless given. */
  readonly attributes?: readonly string[];
  readonly fixed?: Readonly<Record<string, string>>;
  readonly batch?: boolean;
  readonly channels?: boolean;
  readonly optional?: boolean;
}

export interface DrawnCall {
  readonly inputs: StoredInputs;
  readonly attributes: object;
}

/** The operators whose calls are drawn here: a kernel or a window that slides, and the gradients of the kernel's. */
export const drawable = [
  "correlate",
  "convolve",
  "max-pool",
  "average-pool",
  "sum-pool",
  "l2-pool",
  "weighted-pool",
  "max-pool-winners",
  "correlate-kernel-gradient",
  "correlate-input-gradient",
  "convolve-kernel-gradient",
  "convolve-input-gradient",
  "correlate-transpose",
  "locally-connected",
  "tiled",
] as const satisfies readonly OperatorName[];

const pick = <T>(r: Random, choices: readonly T[]): T => choices[r.integer(0, choices.length - 1)];

/** Mostly small integers, and sometimes doubles with all their bits. */
const drawTensor = (r: Random, shape: readonly number[]): Tensor => {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const draw = r.integer(0, 3) === 0 ? () => r.integer(-1e6, 1e6) / r.integer(1, 1000) : () => r.integer(-9, 9);
  return encode("f64", shape, Array.from({ length: size }, draw));
};

/** How each attribute of any operator is drawn. */
const drawAttribute = (r: Random, axes: number): Readonly<Record<string, () => unknown>> => {
  const perAxis = (low: number, high: number) => Array.from({ length: axes }, () => r.integer(low, high));
  const pairs = () => Array.from({ length: axes }, () => [r.integer(0, 3), r.integer(0, 3)]);
  return {
    stride: () => perAxis(1, 3),
    dilation: () => perAxis(1, 3),
    window: () => perAxis(1, 3),
    padding: () => pick<unknown>(r, ["valid", "same", "same-lower", "full", pairs(), pairs(), pairs()]),
    rounding: () => pick(r, ["floor", "ceil", "strict"]),
    groups: () => r.integer(1, 3),
    divisor: () => pick(r, ["valid", "padded"]),
    outputPadding: () => perAxis(0, 2),
  };
};

/** The extents of what a kernel gives; 1 where it does not fit, which the check of the call refuses. */
const outputExtents = (X: Shape, R: Shape, attributes: object): Shape =>
  resolveWindow(X, R, { ...defaultWindow(X.length), ...attributes }).extents.map((p) => Math.max(p, 1));

function drawUnchecked(r: Random, name: OperatorName, freedom: Freedom): DrawnCall {
  const { axes, fixed = {}, batch = true, channels = true, optional = true } = freedom;
  const draws = drawAttribute(r, axes);
  const spatial = (low: number, high: number) => Array.from({ length: axes }, () => r.integer(low, high));
  const names = freedom.attributes ?? Object.keys(draws);
  const given = Object.fromEntries(names.map((attribute) => [attribute, draws[attribute]()]));
  const G = (given.groups as number | undefined) ?? 1;
  const C = channels ? r.integer(1, 2) : 1;
  const N = batch ? r.integer(1, 2) : 1;
  const X = spatial(1, axes === 1 ? 9 : 5);
  const O = channels ? G * r.integer(1, 2) : 1;
  const R = spatial(1, 3);
  // A transposed kernel takes what the kernel gives to what it takes.
  const [from, to] = name === "correlate-transpose" ? [O, C * G] : [C * G, O];
  const operator = operatorNamed(name);
  const slides = ["G", "W"].some((input) => operator.inputs.includes(input));
  const upstream = slides ? outputExtents(X, R, { ...given, ...fixed }) : [];
  const turns = name === "tiled" ? spatial(1, 3) : [];
  const available: Readonly<Record<string, Tensor>> = {
    V: drawTensor(r, [N, from, ...X]),
    K: drawTensor(r, [O, C, ...R, ...turns]),
    W: drawTensor(r, [O, ...upstream, C * G, ...R]),
    b: drawTensor(r, name === "locally-connected" ? [to, ...upstream] : [to]),
    G: drawTensor(r, [N, O, ...upstream]),
  };
  const left = operator.optional.filter(() => !optional || (freedom.attributes === undefined && r.integer(0, 1) === 0));
  const taken = operator.inputs.filter((input) => !left.includes(input));
  const inputs = Object.fromEntries(taken.map((input) => [input, available[input]]));
  const known = operator.complete(inputs, {});
  const attributes = { ...given, ...fixed, kernel: R, input: X };
  return {
    inputs,
    attributes: { ...known, ...Object.fromEntries(Object.entries(attributes).filter(([key]) => key in known)) },
  };
}

/** A random call that meets every constraint of its operator. */
export function drawCall(r: Random, name: OperatorName, freedom: Freedom): DrawnCall {
  for (;;) {
    const call = drawUnchecked(r, name, freedom);
    try {
      check(operatorNamed(name), call as Call);
      return call;
    } catch (error) {
      if (!(error instanceof ConstraintError)) throw error;
    }
  }
}
