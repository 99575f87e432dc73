import type { ConstraintCases } from "./case.ts";
import { windowViolations } from "./window.ts";

/** What violates a stride or a dilation; the padding of a transposed operator is counts only, and it rounds nothing. */
const strides = windowViolations.filter(({ name }) => /^(stride|dilation)-/.test(name));

const none = [0, 0];

export const transposeConstraints: readonly ConstraintCases[] = [
  {
    operator: "correlate-transpose",
    inputs: { V: { shape: [2, 6, 4, 5] }, K: { shape: [6, 4, 3, 2] }, b: { shape: [4] } },
    attributes: { stride: [2, 3], dilation: [1, 1], padding: [none, none], outputPadding: [0, 0], groups: 1 },
    violations: [
      { name: "formats-differ", inputs: { K: { shape: [6, 4, 3, 2], dtype: "f64" } } },
      { name: "kernel-missing", inputs: { K: undefined } },
      { name: "input-rank-2", inputs: { V: { shape: [2, 6] }, K: { shape: [6, 4] } } },
      { name: "kernel-rank", inputs: { K: { shape: [6, 4, 3] } } },
      { name: "input-empty", inputs: { V: { shape: [2, 6, 0, 5] } } },
      { name: "groups-zero", attributes: { groups: 0 } },
      { name: "groups-fraction", attributes: { groups: 1.5 } },
      {
        name: "groups-do-not-divide",
        inputs: { V: { shape: [2, 5, 4, 5] }, K: { shape: [5, 2, 3, 2] } },
        attributes: { groups: 2 },
      },
      { name: "channels", inputs: { V: { shape: [2, 4, 4, 5] } } },
      { name: "bias-length", inputs: { b: { shape: [6] } } },
      { name: "bias-rank", inputs: { b: { shape: [4, 1] } } },
      ...strides,
      { name: "padding-negative", attributes: { padding: [[0, -1], none] } },
      { name: "padding-fraction", attributes: { padding: [none, [0.5, 0]] } },
      { name: "padding-too-few", attributes: { padding: [none] } },
      { name: "padding-no-pairs", attributes: { padding: [1, 1] } },
      { name: "padding-named", attributes: { padding: "same" } },
      { name: "output-padding-negative", attributes: { outputPadding: [0, -1] } },
      { name: "output-padding-fraction", attributes: { outputPadding: [0.5, 0] } },
      { name: "output-padding-too-few", attributes: { outputPadding: [0] } },
      { name: "output-padding-is-stride", attributes: { outputPadding: [2, 0] } },
      { name: "output-padding-below-dilation", attributes: { outputPadding: [2, 0], dilation: [3, 1] } },
      { name: "padding-takes-all", attributes: { padding: [[5, 4], none] } },
    ],
  },
];
