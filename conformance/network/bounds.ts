import {
  type Arithmetic,
  elements,
  embedded,
  encode,
  type Given,
  type LearningStep,
  learning,
  type Magnitude,
  magnitudeIn,
  type Run,
  run,
  type TensorOf,
  tensor,
} from "../../reference/index.ts";
import {
  type Declaration,
  type DType,
  type Network,
  numberFormats,
  type OperatorName,
  type Tensor,
} from "../../spec/index.ts";
import { accumulationOf, computationOf } from "../verdicts/allowed.ts";
import { ruleOf } from "../verdicts/judge.ts";
import { allowedByTransform } from "../verdicts/transform.ts";

/** What a backend declares of every operator that a network is made of. */
export type Declared = Readonly<Partial<Record<OperatorName, Declaration>>>;

/** Two values that are compared are nearer to each other than their errors: nothing can be said of what comes after. */
export class Undecided extends Error {
  override readonly name = "Undecided";
}

/** One declaration for a chain of operators: the coarsest format that any sums in, and no finer than what is stored. */
export function declarationOfAll(declared: Declared, dtype: DType): Declaration {
  const all = Object.values(declared);
  const coarsest = [dtype, ...all.map((declaration) => accumulationOf(declaration, dtype))].reduce((one, other) =>
    numberFormats[other].precision < numberFormats[one].precision ? other : one,
  );
  return {
    algorithm: "direct",
    accumulation: coarsest,
    flushesSubnormals: all.some(({ flushesSubnormals }) => flushesSubnormals),
  };
}

/**
 * Magnitudes whose comparisons come out the same in every conforming computation, so that ReLU and max
 * pooling take one way only. @throws {Undecided} at one that may not
 */
function decided(x: Arithmetic<Magnitude>, declaration: Declaration, dtype: DType): Arithmetic<Magnitude> {
  const error = (a: Magnitude): number => ruleOf(a.value, a, declaration, dtype).allowed;
  const compare = (a: Magnitude, b: Magnitude): number => {
    // Two zeros that ReLU made are one value, and whichever of them wins, its gradient ends there.
    if (a === b || (a.bound === 0 && b.bound === 0)) return 0;
    const gap = a.value - b.value;
    if (Math.abs(gap) > error(a) + error(b)) return Math.sign(gap);
    throw new Undecided(`${a.value} and ${b.value} are compared, and their errors are no smaller than their distance`);
  };
  return { ...x, compare, max: (a, b) => (compare(a, b) >= 0 ? a : b) };
}

/** Between two operators a result is stored: one more rounding. What is zero by itself stays so. */
const stored = (a: Magnitude): Magnitude =>
  a.bound === 0 ? a : { ...a, roundings: a.roundings + 1, products: a.products + 1 };

const widened = (a: Magnitude, error: number): Magnitude =>
  error === 0
    ? stored(a)
    : {
        ...stored(a),
        absolute: a.absolute + error,
        bound: Math.max(a.bound, error),
        quantum: Number.NEGATIVE_INFINITY,
      };

/** A tensor of magnitudes that none of its computed values exceeds, for what a transform may make of it. */
const largest = ({ shape, at }: TensorOf<Magnitude>): Tensor =>
  encode(
    "f64",
    shape,
    elements({ shape, at }).map(({ value, bound }) => Math.max(Math.abs(value), bound)),
  );

/**
 * The magnitudes of every tensor of so many steps, with all errors from the first operator on.
 * @throws {Undecided} where the way through a maximum is not the same in every conforming computation
 */
export function boundsOf(
  network: Network,
  given: Given<Tensor>,
  steps: number,
  dtype: DType,
  declared: Declared = {},
): LearningStep<TensorOf<Magnitude>>[] {
  const declaration = declarationOfAll(declared, dtype);
  const x = decided(magnitudeIn(computationOf(declaration, dtype)), declaration, dtype);
  const how: Run<Magnitude> = {
    choices: (operator) => declared[operator]?.choices ?? {},
    stored: ({ operator, inputs, attributes }, output) => {
      const own = declared[operator];
      const transform =
        own?.algorithm === "transform"
          ? allowedByTransform(
              operator,
              Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, largest(input)])),
              accumulationOf(own, dtype),
              attributes,
            )
          : undefined;
      return tensor(output.shape, (i) => widened(output.at(...i), transform?.(i) ?? 0));
    },
  };
  return run(x, learning(network, embedded(x, given), steps), how);
}
