import { decode, elements } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import type { Check, Invocation } from "../check.ts";
import { dtypeOf, expect } from "../expected.ts";
import { type Fixture, toJson } from "../fixture.ts";
import { isExact } from "../verdicts/allowed.ts";

/** Larger calls are no use as a case that a person reads. */
const mostElements = 400;

const numbers = (tensor: Tensor) => ({ shape: tensor.shape, values: Array.from(decode(tensor), toJson) });

/** The call that broke a law, shrunk, as a fixture ready to be kept. */
export function counterexample({ id, title, clauses, kind }: Check, invocation: Invocation): Fixture | undefined {
  const { operator, inputs, attributes } = invocation;
  const given = Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);
  const size = given.reduce((total, [, { data }]) => total + data.length, 0);
  if (kind !== "law" || size > mostElements) return undefined;
  const dtype = dtypeOf(inputs);
  const expected = expect(invocation);
  const exact = Object.values(expected).every(({ magnitudes }) =>
    elements(magnitudes).every((element) => isExact(element, { algorithm: "direct" }, dtype)),
  );
  const data = exact ? "exact" : "real";
  const name = `${id.split("@")[0].split("/").slice(1).join("-")}-${given.map(([, { shape }]) => shape.join("x")).join("-")}`;
  return {
    $schema: "../../case.schema.json",
    origin: `the call that broke ${id}, made as small as it would go`,
    id: `${operator}/${data}/${name}`,
    title,
    operator,
    clauses,
    data,
    dtypes: [dtype],
    attributes,
    inputs: Object.fromEntries(given.map(([input, tensor]) => [input, numbers(tensor)])),
    outputs: Object.fromEntries(
      Object.entries(expected).map(([output, { shape, values, magnitudes }]) => [
        output,
        {
          shape,
          values: values.map(toJson),
          ...(exact
            ? {}
            : {
                bound: elements(magnitudes).map(({ bound }) => bound),
                roundings: elements(magnitudes).map(({ roundings }) => roundings),
              }),
        },
      ]),
    ),
  };
}
