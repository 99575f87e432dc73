import { sizeOf } from "../../../spec/index.ts";
import type { Recording } from "../device/recording.ts";
import type { StoredTensor } from "../device/tensor.ts";
import type { Plan } from "./plan.ts";

/** Invocations that add up one channel together. */
export const channelSize = 64;

/** GRAD-9: Σ G [N, O, …P] over samples and positions. */
const biasGradient: Plan<"bias-gradient"> = (on, { inputs: { G }, outputs: { db } }) => {
  const [N, C, ...P] = G.shape;
  const uniforms = { N, C, plane: sizeOf(P) };
  on.run({ kernel: "channel-sum", buffers: { G, total: db }, uniforms, size: channelSize, workgroups: C });
};

const overSamples = (on: Recording, G: StoredTensor, total: StoredTensor): void => {
  const size = sizeOf(total.shape);
  const uniforms = { N: G.shape[0], size };
  on.run({ kernel: "sum-over-samples", buffers: { G, total }, uniforms, invocations: size });
};

/** GRAD-48: Σ G [N, O] over samples. */
const denseBiasGradient: Plan<"dense-bias-gradient"> = (on, { inputs: { G }, outputs: { db } }) =>
  overSamples(on, G, db);

/** GRAD-42: Σ G [N, O, …P] over samples. */
const locallyConnectedBiasGradient: Plan<"locally-connected-bias-gradient"> = (
  on,
  { inputs: { G }, outputs: { db } },
) => overSamples(on, G, db);

export const sumPlans = {
  "bias-gradient": biasGradient,
  "dense-bias-gradient": denseBiasGradient,
  "locally-connected-bias-gradient": locallyConnectedBiasGradient,
};
