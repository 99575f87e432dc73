import {
  type Backend,
  check,
  type Declaration,
  type Implementation,
  type OperatorName,
  operatorNamed,
  type Tensor,
} from "../../spec/index.ts";
import { operators as own } from "./operators.ts";
import plain from "./plain/index.ts";
import type { AlgorithmChoice, Scope } from "./runtime/scope.ts";

/** What runs one call after the other, each in a scope. */
export interface Calls {
  call<T>(body: (scope: Scope) => T): T;
}

const names = Object.keys(plain.operators) as OperatorName[];

/** An operator's own kernels for f32, plain loops for f64 and where there are none. */
const implementation = <N extends OperatorName>(name: N, calls: Calls): Implementation<N> => {
  const ownOperator = own[name];
  const plainOperator = plain.operators[name] as Implementation<N>;
  if (ownOperator === undefined) return plainOperator;
  const signature = operatorNamed(name);
  return (inputs, attributes) => {
    const [first] = Object.values(inputs) as Tensor[];
    if (first.dtype !== "f32") return plainOperator(inputs, attributes);
    check(signature, { inputs, attributes } as never);
    return calls.call((scope) => ownOperator.run(scope, inputs, attributes));
  };
};

/** All operators, on one runtime. */
export const operatorsOn = (calls: Calls): Backend["operators"] =>
  Object.fromEntries(names.map((name) => [name, implementation(name, calls)]));

/** What is declared of each: the choices of the plain loops, and f32 sums where there are kernels. */
export const declarationsFor = (algorithm: AlgorithmChoice): Record<string, Partial<Declaration>> =>
  Object.fromEntries(
    names.map((name) => {
      const common = plain.declares?.operators?.[name];
      const declared = own[name] ? own[name].declares?.(algorithm) : { accumulation: "f64" as const };
      return [name, { ...common, ...declared }];
    }),
  );
