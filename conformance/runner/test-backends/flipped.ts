import type { Tensor } from "../../../spec/index.ts";
import cpu from "../../known-good/reference-f32.ts";

const reversed = (tensor: Tensor): Tensor => ({ ...tensor, data: tensor.data.slice().reverse() });

/** Takes true convolution for cross-correlation, and reverses the channels with it: the kernel's order is reversed. */
export default {
  ...cpu,
  name: "flipped",
  operators: {
    correlate: (inputs: { V: Tensor; K: Tensor }, attributes: object) =>
      cpu.operators.correlate?.({ ...inputs, K: reversed(inputs.K) }, attributes as never),
  },
};
