import type { AttributesOf, OperatorName, OperatorTypes, OperatorTypesByName } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";

/** The inputs of a call, on the device. */
export type StoredInputs<N extends OperatorName> = OperatorTypesByName[N] extends infer T extends OperatorTypes
  ? { readonly [name in T["inputs"]]: StoredTensor } & { readonly [name in T["optional"]]?: StoredTensor }
  : never;

/** The outputs of a call, on the device. */
export type StoredOutputs<N extends OperatorName> = {
  readonly [name in OperatorTypesByName[N]["outputs"]]: StoredTensor;
};

/** A call that meets every constraint, with room for its outputs. */
export interface StoredCall<N extends OperatorName> {
  readonly inputs: StoredInputs<N>;
  readonly attributes: AttributesOf<N>;
  readonly outputs: StoredOutputs<N>;
}

/** Records the kernels that compute a call. @throws {UnsupportedError} for a call that none of them computes */
export type Plan<N extends OperatorName> = (on: Recording, call: StoredCall<N>) => void;
