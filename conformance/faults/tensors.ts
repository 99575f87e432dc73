import type { StoredInputs } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import type { Outputs } from "./fault.ts";

/** The inputs that are there, with their names. */
export const tensors = (inputs: StoredInputs): [string, Tensor][] =>
  Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);

/** Every output, changed. */
export const each = (outputs: Outputs, change: (tensor: Tensor) => Tensor): Outputs =>
  Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, change(tensor)]));

/** The last element of every output one too large. */
export const withoutLast = (outputs: Outputs): Outputs =>
  each(outputs, (tensor) => ({
    ...tensor,
    data: tensor.data.map((value, at) => (at === tensor.data.length - 1 ? value + 1 : value)),
  }));
