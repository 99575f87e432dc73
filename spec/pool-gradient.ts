import type { ClauseId } from "./clause.ts";
import { extents, oneFormat, spatialRank } from "./constraints.ts";
import { gradientFits, type InputExtents, inputExtents, inputShape } from "./gradient.ts";
import type { Constraint, Operator } from "./operator.ts";
import { defaultPool, type PoolAttributes, pooledShape, windowConstraints } from "./pool.ts";

/** The types of the gradient of a pooling that is not linear: it depends on the input V. */
export type PoolGradient = { inputs: "V" | "G"; optional: never; attributes: PoolAttributes; outputs: "dV" };

/** The types of the gradient of a linear pooling: of the input it needs the extents alone. */
export type LinearPoolGradient = {
  inputs: "G";
  optional: never;
  attributes: PoolAttributes & InputExtents;
  outputs: "dV";
};

/** The gradient of a pooling for its input V [N, C, …X], from V and G [N, C, …P]. */
export const poolGradient = (name: string, clause: ClauseId): Operator<PoolGradient> => ({
  name,
  clauses: [clause, "POOL-1"],
  inputs: ["V", "G"],
  optional: [],
  outputs: ["dV"],
  complete: ({ V }, attributes) => ({ ...defaultPool(V.shape.length - 2), ...attributes }),
  constraints: [
    oneFormat<PoolGradient>("POOL-1.C1", ["V", "G"]),
    spatialRank<PoolGradient>("POOL-1.C2", "V", 2),
    extents<PoolGradient>("POOL-1.C3", ["V", "G"]),
    ...windowConstraints<PoolGradient>(({ inputs }) => inputs.V.shape.slice(2)),
    gradientFits<PoolGradient>(`${clause}.C1`, ({ inputs, attributes }) => pooledShape(inputs.V.shape, attributes)),
  ],
  shapes: ({ inputs }) => ({ dV: inputs.V.shape }),
});

/** The constraints of the gradient of a linear pooling. */
export const linearPoolConstraints = <T extends LinearPoolGradient>(clause: ClauseId): readonly Constraint<T>[] => [
  oneFormat<T>("POOL-1.C1", ["G"]),
  ...inputExtents<T>(`${clause}.C1`, `${clause}.C2`),
  extents<T>("POOL-1.C3", ["G"]),
  ...windowConstraints<T>(({ attributes }) => attributes.input),
  gradientFits<T>(`${clause}.C3`, (call) => pooledShape(inputShape(call), call.attributes)),
];

/** The gradient of a linear pooling for its input, dV [N, C, …X], from G [N, C, …P] and the extents X. */
export const linearPoolGradient = (name: string, clause: ClauseId): Operator<LinearPoolGradient> => ({
  name,
  clauses: [clause, "POOL-1"],
  inputs: ["G"],
  optional: [],
  outputs: ["dV"],
  complete: ({ G }, attributes) => ({
    ...defaultPool(G.shape.length - 2),
    input: G.shape.slice(2),
    ...attributes,
  }),
  constraints: linearPoolConstraints(clause),
  shapes: (call) => ({ dV: inputShape(call) }),
});
