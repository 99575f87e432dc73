import { encode } from "../../reference/index.ts";
import {
  type ClauseId,
  type OperatorName,
  operatorNamed,
  random,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import { attempt } from "../attempt.ts";
import type { Check, Invocation } from "../check.ts";
import { judgeAt } from "../verdicts/judge-at.ts";

/** A call past one of the limits that implementations have: of a dispatch, an index, an accumulator. */
interface Large {
  readonly operator: OperatorName;
  readonly name: string;
  readonly title: string;
  readonly clause: ClauseId;
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly attributes?: object;
}

const kernel = (operator: "correlate" | "convolve"): Large[] => {
  const clause: ClauseId = operator === "correlate" ? "CORR-9" : "CONV-5";
  const large = (name: string, title: string, V: Shape, K: Shape, attributes?: object): Large => ({
    operator,
    name,
    title,
    clause,
    shapes: { V, K },
    attributes,
  });
  return [
    large("many-samples", "more samples than one axis of a dispatch holds, 65,535", [65_537, 1, 1], [1, 1, 1]),
    large("many-kernels", "more kernels than one axis of a dispatch holds", [1, 1, 2], [65_537, 1, 2]),
    large("long-row", "a row longer than one axis of a dispatch holds", [1, 1, 65_600], [1, 1, 3]),
    large("past-2048", "coordinates that half precision does not hold", [1, 1, 3, 2055], [2, 1, 2, 3]),
    large("long-sum", "sums of 12,288 products", [1, 4096, 5], [2, 4096, 3]),
    large(
      "many-channels",
      "more channels than one axis of a dispatch holds, in groups of one",
      [1, 65_537, 2],
      [65_537, 1, 2],
      { groups: 65_537 },
    ),
    large("past-2-24", "places that single precision does not hold", [1, 1, 2 ** 24 + 11], [1, 1, 2]),
  ];
};

const pool = (operator: "max-pool" | "average-pool"): Large[] => {
  const clause: ClauseId = operator === "max-pool" ? "POOL-2" : "POOL-3";
  const large = (name: string, title: string, V: Shape, window: Shape): Large => ({
    operator,
    name,
    title,
    clause,
    shapes: { V },
    attributes: { window },
  });
  return [
    large("many-samples", "more samples than one axis of a dispatch holds, 65,535", [65_537, 1, 2], [2]),
    large("long-row", "a row longer than one axis of a dispatch holds", [1, 1, 65_600], [4]),
    large("past-2048", "coordinates that half precision does not hold", [1, 1, 3, 2055], [2, 2]),
    large("past-2-24", "places that single precision does not hold", [1, 1, 2 ** 24 + 11], [2]),
  ];
};

/** Small integers in a pattern that does not repeat at any power of two. */
const filled = (shape: Shape, salt: number): Tensor =>
  encode(
    "f32",
    shape,
    Float32Array.from({ length: sizeOf(shape) }, (_, at) => ((at * 7 + salt) % 17) - 8),
  );

const invocationOf = ({ operator, shapes, attributes }: Large): Invocation => {
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape], salt) => [name, filled(shape, salt * 5)]),
  );
  return {
    operator,
    inputs,
    attributes: operatorNamed(operator).complete(inputs, attributes ?? {}) as Invocation["attributes"],
  };
};

/** Where limits lie: the ends, what is around powers of two, and places at random. */
function places(size: number, seed: number, id: string): number[] {
  const source = random(seed, id);
  const powers = [2 ** 11, 2 ** 15, 2 ** 16, 2 ** 24].flatMap((power) => [power - 1, power, power + 1]);
  const drawn = Array.from({ length: 200 }, () => source.integer(0, size - 1));
  return [...new Set([0, 1, size - 2, size - 1, ...powers, ...drawn])].filter((at) => at >= 0 && at < size);
}

/** Calls past the limits that implementations have. They are large, and run only when asked for. */
export const sizeChecks: readonly Check[] = [
  ...kernel("correlate"),
  ...kernel("convolve"),
  ...pool("max-pool"),
  ...pool("average-pool"),
].map((large): Check => {
  const id = `${large.operator}/size/${large.name}@f32`;
  return {
    id,
    title: large.title,
    clauses: [large.clause],
    operator: large.operator,
    kind: "size",
    dtype: "f32",
    run: (backend, seed) => {
      const invocation = invocationOf(large);
      return attempt(backend, invocation, (outputs) =>
        judgeAt(invocation, outputs, backend, ({ shape }) => places(sizeOf(shape), seed, id)),
      );
    },
  };
});
