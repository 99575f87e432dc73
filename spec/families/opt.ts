import type { Clause } from "../clause.ts";

/** OPT: what is done with the gradients. */
export const opt: readonly Clause[] = [
  {
    id: "OPT-1",
    title: "One step of gradient descent",
    statement:
      "Every weight moves against its derivative, by η times as much. The tensors may have any shape, the same one; i runs over all " +
      "their elements. The kernel of a layer is updated in this way, and so is every other tensor of parameters.",
    formula: "w[i] = w[i] - eta * g[i]",
    symbols: {
      w: "the weights, before on the right and after on the left",
      g: "∂E/∂w, of the shape of w",
      eta: "η, the learning rate: the attribute rate",
    },
    special:
      "As IEEE 754 says of products and differences. A backend may round η to the format of w before it multiplies; the derived bound holds that rounding.",
    source: [{ note: "002", heading: "Updating the kernel weights; Point-wise error gradient" }],
    operators: ["update"],
  },
  {
    id: "OPT-2",
    title: "The bias's step, and the order of steps",
    statement:
      "A bias moves as weights do, with its own gradient (GRAD-9). The notes descend point-wise: after every input pattern all parameters are updated, so that the next " +
      "gradient is taken at the new ones. With the same η on a batch, whose gradient is the sum over its samples (GRAD-3), one step is that of all its patterns from the same " +
      "weights. Two steps with gradients that do not depend on the weights are one step with their sum.",
    equation: "b \\leftarrow b - \\eta \\, \\frac{\\partial E}{\\partial b}",
    symbols: { b: "the bias", η: "the learning rate" },
    source: [{ note: "002", heading: "Update of biases; Point-wise error gradient" }],
    operators: ["update"],
  },
];
