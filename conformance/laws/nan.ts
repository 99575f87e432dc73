import fc from "fast-check";
import { offsetOf } from "../../reference/index.ts";
import { type OperatorName, operatorNamed, operatorNames, type Tensor } from "../../spec/index.ts";
import { callsOf, isIn, past } from "../arbitraries/shapes.ts";
import { attempt } from "../attempt.ts";
import type { Invocation } from "../check.ts";
import { allHold } from "../oracle.ts";
import { judgeAt } from "../verdicts/judge-at.ts";
import type { Law } from "./law.ts";
import { places } from "./places.ts";
import { isHeld } from "./reference.ts";

/** How many calls a NaN is put into. */
const calls = 3;

/** The tensor with a NaN where the first sample ends: in its last channel, and in what is left over of every tile. */
function withNaN({ dtype, shape, data }: Tensor): Tensor {
  const at = shape.map((extent, axis) => (axis === 0 && shape.length > 1 ? 0 : extent - 1));
  const changed = data.slice();
  changed[offsetOf(shape, at)] = Number.NaN;
  return { dtype, shape, data: changed } as Tensor;
}

/** Whether an operator has the law: not where values only move, and end up in places that are no corners. */
export const hasNaNLaw = (operator: OperatorName): boolean =>
  isIn(operator, past) && isHeld(operator, "special") && !operator.startsWith("concatenate");

const isEmpty = ({ inputs }: Invocation): boolean => Object.values(inputs).some((tensor) => tensor?.data.length === 0);

/** A call again for each of its inputs, with a NaN in that one. */
const spoiled = (call: Invocation): Invocation[] =>
  Object.entries(call.inputs).flatMap(([name, tensor]) =>
    tensor === undefined ? [] : [{ ...call, inputs: { ...call.inputs, [name]: withNaN(tensor) } }],
  );

/** A NaN in a remainder of the widths of vectors and tiles reaches all that is computed of it, and nothing else. */
export const nanLaws = operatorNames.filter(hasNaNLaw).map(
  (operator): Law<number> => ({
    id: `${operator}/law/nan-reaches`,
    title: "a NaN where a sample ends reaches the results that it takes part in, and no others",
    clauses: [operatorNamed(operator).clauses[0]],
    operator,
    dtype: "f32",
    samples: fc.nat(),
    draws: 1,
    shrinks: false,
    holds: (backend, seed) =>
      allHold(
        callsOf(operator, past, seed)
          .filter((call) => !isEmpty(call))
          .slice(0, calls)
          .flatMap(spoiled)
          .map(
            (call) => () =>
              attempt(backend, call, (outputs) => judgeAt(call, outputs, backend, (output) => places(output, seed))),
          ),
      ),
  }),
) as unknown as readonly Law[];
