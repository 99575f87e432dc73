import type { Operator } from "../operator.ts";
import { type Correlate, correlate, kernelConstraints } from "./correlate.ts";

/** Convolution takes the inputs and attributes of cross-correlation; only the direction of the kernel's indices differs. */
export type Convolve = Correlate;

/** CONV-5: convolution of a batch V [N, C, …X] with a kernel K [O, C/groups, …R], giving Z [N, O, …P]. */
export const convolve: Operator<Convolve> = {
  ...correlate,
  name: "convolve",
  clauses: ["CONV-5", "CONV-3", "CONV-4"],
  constraints: kernelConstraints({
    format: "CONV-5.C1",
    rank: "CONV-5.C2",
    kernelRank: "CONV-5.C3",
    extents: "CONV-5.C4",
    channels: "CONV-5.C5",
    stride: "CONV-5.C6",
    rounding: "CONV-5.C7",
    strict: "CONV-5.C8",
    padding: "CONV-5.C9",
    fits: "CONV-5.C10",
    dilation: "CONV-5.C11",
    groups: "CONV-5.C12",
    groupsDivide: "CONV-5.C13",
    bias: "CONV-5.C14",
  }),
};
