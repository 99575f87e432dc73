import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  concatenateGradient as signature,
  sizeOf,
  zeros,
} from "../../../spec/index.ts";

/** GRAD-51: the channels of G [N, C, …X] that came from one branch. */
export function concatenateGradient(
  { G }: InputsOf<"concatenate-gradient">,
  attributes: AttributesOf<"concatenate-gradient">,
): OutputsOf<"concatenate-gradient"> {
  check(signature, { inputs: { G }, attributes });
  const [N, C, ...X] = G.shape;
  const { channels, part } = attributes;
  const before = channels.slice(0, part).reduce((total, count) => total + count, 0);
  const plane = sizeOf(X);
  const dV = zeros(G.dtype, [N, channels[part], ...X]);
  let to = 0;
  for (let n = 0; n < N; n++) {
    const from = (n * C + before) * plane;
    for (let at = 0; at < channels[part] * plane; at++) dV.data[to++] = G.data[from + at];
  }
  return { dV };
}
