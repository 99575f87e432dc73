import fc from "fast-check";
import { offsetOf } from "../../reference/index.ts";
import { type OperatorName, operatorNamed, operatorNames, sizeOf, type Tensor } from "../../spec/index.ts";
import { callsOf, inRows, isIn, past } from "../arbitraries/shapes.ts";
import { attempt } from "../attempt.ts";
import type { Invocation } from "../check.ts";
import { allHold } from "../oracle.ts";
import { judgeAt } from "../verdicts/judge-at.ts";
import type { Law } from "./law.ts";
import { places } from "./places.ts";
import { isHeld } from "./reference.ts";

/** How many calls a NaN is put into. */
const calls = 3;

function withNaNs({ dtype, shape, data }: Tensor, places: readonly number[]): Tensor {
  const changed = data.slice();
  for (const at of places) changed[at] = Number.NaN;
  return { dtype, shape, data: changed } as Tensor;
}

/** The tensor with a NaN where the first sample ends: in its last channel, and in what is left over of every tile. */
const atTheEnd = (tensor: Tensor): Tensor => {
  const { shape } = tensor;
  return withNaNs(tensor, [
    offsetOf(
      shape,
      shape.map((extent, axis) => (axis === 0 && shape.length > 1 ? 0 : extent - 1)),
    ),
  ]);
};

/** The tensor with a NaN in each sample or kernel, in every one at another place of its last channel. */
function everywhere(tensor: Tensor): Tensor {
  const [N, C = 1, ...X] = tensor.shape;
  const size = sizeOf(X);
  return withNaNs(
    tensor,
    Array.from({ length: N }, (_, n) => (n * C + C - 1) * size + (n % size)),
  );
}

/** Whether an operator has the law: not where values only move, and end up in places that are no corners. */
export const hasNaNLaw = (operator: OperatorName): boolean =>
  isIn(operator, past) && isHeld(operator, "special") && !operator.startsWith("concatenate");

const isEmpty = ({ inputs }: Invocation): boolean => Object.values(inputs).some((tensor) => tensor?.data.length === 0);

/** A call again for each of its inputs, with NaN in that one. */
const spoiled = (call: Invocation, withNaN: (tensor: Tensor) => Tensor): Invocation[] =>
  Object.entries(call.inputs).flatMap(([name, tensor]) =>
    tensor === undefined ? [] : [{ ...call, inputs: { ...call.inputs, [name]: withNaN(tensor) } }],
  );

/** The calls that an operator is held to, and which of their results are looked at. */
const calledOn = (operator: OperatorName, seed: number): [Invocation, (output: Tensor) => readonly number[]][] => [
  ...callsOf(operator, past, seed)
    .filter((call) => !isEmpty(call))
    .slice(0, calls)
    .flatMap((call) => spoiled(call, atTheEnd))
    .map((call): [Invocation, (output: Tensor) => readonly number[]] => [call, (output) => places(output, seed)]),
  ...callsOf(operator, inRows, seed)
    .flatMap((call) => spoiled(call, everywhere))
    .map((call): [Invocation, (output: Tensor) => readonly number[]] => [call, ({ data }) => [...data.keys()]]),
];

/** A NaN, also in a remainder of the widths of vectors and tiles, reaches all that is computed of it, and nothing else. */
export const nanLaws = operatorNames.filter(hasNaNLaw).map(
  (operator): Law<number> => ({
    id: `${operator}/law/nan-reaches`,
    title: "a NaN reaches the results that it takes part in, and no others, wherever in a sample or kernel it stands",
    clauses: [operatorNamed(operator).clauses[0]],
    operator,
    dtype: "f32",
    samples: fc.nat(),
    draws: 1,
    shrinks: false,
    holds: (backend, seed) =>
      allHold(
        calledOn(operator, seed).map(
          ([call, looked]) =>
            () =>
              attempt(backend, call, (outputs) => judgeAt(call, outputs, backend, looked)),
        ),
      ),
  }),
) as unknown as readonly Law[];
