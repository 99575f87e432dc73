import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  batchNormGradient as signature,
  zeros,
} from "../../../spec/index.ts";
import { channelsOf, statistics } from "./batch.ts";

/** GRAD-49: from x and G [N, C, …X] and gamma [C] the gradients dx [N, C, …X], dgamma [C] and dbeta [C]. */
export function batchNormGradient(
  { x, gamma, G }: InputsOf<"batch-norm-gradient">,
  attributes: AttributesOf<"batch-norm-gradient">,
): OutputsOf<"batch-norm-gradient"> {
  check(signature, { inputs: { x, gamma, G }, attributes });
  const { C, m, forEach } = channelsOf(x.shape);
  const { mean, variance } = statistics(x);
  const [dx, dgamma, dbeta] = [zeros(x.dtype, x.shape), zeros(x.dtype, [C]), zeros(x.dtype, [C])];
  for (let c = 0; c < C; c++) {
    const deviation = Math.sqrt(variance[c] + attributes.epsilon);
    const normalised = (at: number): number => (x.data[at] - mean[c]) / deviation;
    let [sum, along] = [0, 0];
    forEach(c, (at) => {
      sum += G.data[at];
      along += G.data[at] * normalised(at);
    });
    [dgamma.data[c], dbeta.data[c]] = [along, sum];
    forEach(c, (at) => {
      dx.data[at] = (gamma.data[c] / deviation) * (G.data[at] - sum / m - (normalised(at) * along) / m);
    });
  }
  return { dx, dgamma, dbeta };
}
