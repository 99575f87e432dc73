import type { Tensor } from "../../../spec/index.ts";

/** Gives a shape that is not that of the output, and a number format that is not that of the input. */
export default {
  name: "wrong-form",
  operators: {
    correlate: ({ V }: { V: Tensor }) => ({ Z: V }),
    "max-pool": () => ({ Z: { dtype: "f64", shape: [1], data: new Float64Array(1) } }),
  },
};
