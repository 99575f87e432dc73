import type { Given, LearningStep } from "../../reference/index.ts";
import type { ClauseId, DType, Network, Tensor } from "../../spec/index.ts";
import { type FixtureOutput, type FixtureTensor, stored } from "../fixture.ts";

/** The tensors of one step of learning, exact and rounded once; the gradient of the input is that of x. */
export interface FixtureStep {
  readonly output: FixtureOutput;
  readonly loss: FixtureOutput;
  readonly gradients: Readonly<Record<string, FixtureOutput>>;
  readonly parameters: Readonly<Record<string, FixtureOutput>>;
}

/** A network as data, with what several steps of learning make of it; its schema is fixtures/network.schema.json. */
export interface NetworkFixture extends Network {
  readonly $schema: string;
  readonly origin: string;
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly ClauseId[];
  readonly dtype: DType;
  /** The seed of the parameters, the input and the target, drawn in this order with the id. */
  readonly seed: number;
  readonly parameters: Readonly<Record<string, FixtureTensor>>;
  readonly x: FixtureTensor;
  readonly t: FixtureTensor;
  readonly steps: readonly FixtureStep[];
}

/** What a network is given, as stored tensors. */
export const givenOf = ({ dtype, parameters, x, t }: NetworkFixture): Given<Tensor> => ({
  parameters: Object.fromEntries(Object.entries(parameters).map(([name, w]) => [name, stored(dtype, w)])),
  x: stored(dtype, x),
  t: stored(dtype, t),
});

/** The tensors of one step, each under the name that a verdict calls it by. */
export const namedTensors = <V>({
  output,
  loss,
  gradients,
  parameters,
}: LearningStep<V>): Readonly<Record<string, V>> => ({
  y: output,
  E: loss,
  ...Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [`∂E/∂${name}`, gradient])),
  ...parameters,
});
