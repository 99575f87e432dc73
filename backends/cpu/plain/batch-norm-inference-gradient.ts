import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  batchNormInferenceGradient as signature,
  zeros,
} from "../../../spec/index.ts";
import { channelsOf } from "./batch.ts";

/** GRAD-50: gamma · G / √(variance + ε), channel by channel. */
export function batchNormInferenceGradient(
  { G, gamma, variance }: InputsOf<"batch-norm-inference-gradient">,
  attributes: AttributesOf<"batch-norm-inference-gradient">,
): OutputsOf<"batch-norm-inference-gradient"> {
  check(signature, { inputs: { G, gamma, variance }, attributes });
  const { channelAt } = channelsOf(G.shape);
  const dx = zeros(G.dtype, G.shape);
  for (let at = 0; at < dx.data.length; at++) {
    const c = channelAt(at);
    dx.data[at] = (gamma.data[c] * G.data[at]) / Math.sqrt(variance.data[c] + attributes.epsilon);
  }
  return { dx };
}
