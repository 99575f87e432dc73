import { type Choices, evaluate, magnitudeIn } from "../../reference/index.ts";
import { type Backend, chosen, type Declaration, type DType, declarationOf } from "../../spec/index.ts";
import { attempt } from "../attempt.ts";
import type { Check, Invocation } from "../check.ts";
import type { Expected } from "../expected.ts";
import { type Fixture, type FixtureOutputs, fromJson, stored } from "../fixture.ts";
import { computationOf } from "../verdicts/allowed.ts";
import { judge } from "../verdicts/judge.ts";

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
  const known = new Map<string, Expected>();
  /** What is expected, evaluated once for each declaration. */
  const expectedFor = (invocation: Invocation, declaration: Declaration): Expected => {
    const key = JSON.stringify(declaration);
    const expected = known.get(key) ?? expectedOf(fixture, invocation, dtype, declaration);
    known.set(key, expected);
    return expected;
  };
  return {
    id: `${fixture.id}@${dtype}`,
    title: fixture.title,
    clauses: fixture.clauses,
    operator: fixture.operator,
    kind: "case",
    dtype,
    run: async (backend: Backend) => {
      const invocation = invocationOf(fixture, dtype);
      const declaration = declarationOf(backend, fixture.operator);
      return attempt(backend, invocation, (outputs) =>
        judge(invocation, expectedFor(invocation, declaration), outputs, declaration),
      );
    },
  };
};
