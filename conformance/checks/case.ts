import { type Choices, evaluate, magnitudeIn } from "../../reference/index.ts";
import { type Backend, chosen, type Declaration, type DType } from "../../spec/index.ts";
import type { Check, Invocation } from "../check.ts";
import type { Expected } from "../expected.ts";
import { type Fixture, type FixtureOutputs, fromJson, stored } from "../fixture.ts";
import { againstReference } from "../oracle.ts";
import { computationOf } from "../verdicts/allowed.ts";

/** The call that a fixture describes, in one of its formats. */
export const invocationOf = ({ operator, inputs, attributes }: Fixture, dtype: DType): Invocation => ({
  operator,
  inputs: Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, stored(dtype, tensor)])),
  attributes: attributes as Invocation["attributes"],
});

/** The outputs a backend is held to: where a clause permits several, those of its declared choice. */
export function outputsFor({ operator, outputs, permitted = [] }: Fixture, declared: Choices = {}): FixtureOutputs {
  const options = chosen(operator, declared);
  const other = permitted.find(({ choice }) =>
    Object.entries(choice).every(([name, option]) => options[name] === option),
  );
  return other?.outputs ?? outputs;
}

const expectedOf = (
  fixture: Fixture,
  { operator, inputs, attributes }: Invocation,
  dtype: DType,
  declaration: Declaration,
): Expected => {
  const declared = declaration.choices;
  const x = magnitudeIn(computationOf(declaration, dtype));
  const magnitudes = evaluate(x, operator, inputs, attributes, declared);
  return Object.fromEntries(
    Object.entries(outputsFor(fixture, declared)).map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map(fromJson), magnitudes: magnitudes[name] },
    ]),
  );
};

/** The check that a fixture is, in one of its formats. */
export const caseCheck = (fixture: Fixture, dtype: DType): Check => {
  const made = () => invocationOf(fixture, dtype);
  const expected = (declaration: Declaration) => expectedOf(fixture, made(), dtype, declaration);
  return {
    id: `${fixture.id}@${dtype}`,
    title: fixture.title,
    clauses: fixture.clauses,
    operator: fixture.operator,
    kind: "case",
    dtype,
    run: (backend: Backend) => againstReference(backend, made(), expected),
  };
};
