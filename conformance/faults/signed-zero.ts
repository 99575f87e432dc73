import { decode, encode } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { type Change, type Fault, fault } from "./fault.ts";

type Maximum = "max-pool" | "adaptive-max-pool" | "channel-pool" | "relu";

const withMinusZero = (tensor: Tensor): Tensor =>
  encode(
    tensor.dtype,
    tensor.shape,
    Array.from(decode(tensor), (value) => (value === 0 ? -0 : value)),
  );

/** −0 where the largest is a zero, as of a maximum that keeps the first of two equal values and met −0 first. */
const keepsMinusZero: Change<Maximum> = (run, inputs, attributes) => ({ Z: withMinusZero(run(inputs, attributes).Z) });

/** Faults in the sign of a zero that is the largest, in a backend that declares it positive. */
export const signedZeroFaults: readonly Fault[] = (
  ["max-pool", "adaptive-max-pool", "channel-pool", "relu"] as const
).map((operator) =>
  fault<Maximum>(operator, "minus-zero-kept", {
    title: "the larger of −0 and +0 is −0, though the backend declares +0",
    models: "tile-ai/TileOPs#2082",
    smallest: "[−0, +0], bits compared",
    caughtBy: `${operator}/special/zeros`,
    choices: { "signed-zero": "positive" },
    change: keepsMinusZero,
  }),
) as unknown as readonly Fault[];
