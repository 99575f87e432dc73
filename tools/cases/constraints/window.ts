import type { Violation } from "./case.ts";

/** What violates the constraints of any sliding window over two axes. */
export const windowViolations: readonly Violation[] = [
  { name: "stride-zero", attributes: { stride: [1, 0] } },
  { name: "stride-negative", attributes: { stride: [-1, 1] } },
  { name: "stride-fraction", attributes: { stride: [1, 1.5] } },
  { name: "stride-too-few", attributes: { stride: [1] } },
  { name: "stride-no-list", attributes: { stride: 2 } },
  { name: "dilation-zero", attributes: { dilation: [0, 1] } },
  { name: "dilation-negative", attributes: { dilation: [1, -2] } },
  { name: "dilation-too-many", attributes: { dilation: [1, 1, 1] } },
  {
    name: "padding-negative",
    attributes: {
      padding: [
        [0, -1],
        [0, 0],
      ],
    },
  },
  {
    name: "padding-fraction",
    attributes: {
      padding: [
        [0.5, 0],
        [0, 0],
      ],
    },
  },
  { name: "padding-too-few", attributes: { padding: [[0, 0]] } },
  { name: "padding-no-pairs", attributes: { padding: [1, 1] } },
  { name: "padding-unknown", attributes: { padding: "mirror" } },
  { name: "rounding-unknown", attributes: { rounding: "nearest" } },
  { name: "strict-does-not-fit", attributes: { rounding: "strict", stride: [1, 4] } },
];
