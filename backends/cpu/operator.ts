import type { AttributesOf, Declaration, InputsOf, OperatorName, OutputsOf } from "../../spec/index.ts";
import type { AlgorithmChoice, Scope } from "./runtime/scope.ts";

/**
 * An operator in f32 with kernels of its own. The call has been checked: it violates no constraint.
 * Returns its outputs by `scope.result`.
 */
export interface Operator<N extends OperatorName> {
  run(scope: Scope, inputs: InputsOf<N>, attributes: AttributesOf<N>): OutputsOf<N>;
  /** What it declares, under that choice of algorithm, besides what holds for all: direct, summed in f32. */
  declares?(algorithm: AlgorithmChoice): Partial<Declaration>;
}
