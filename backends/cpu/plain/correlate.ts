import {
  type AttributesOf,
  check,
  type InputsOf,
  type OutputsOf,
  correlate as signature,
  zeros,
} from "../../../spec/index.ts";
import { firstTap, pastTap, slide } from "./volume.ts";

/**
 * CORR-9 and CONV-5: direct loops, products summed in double precision.
 * @param flipped whether tap k of the window meets element R − 1 − k of the kernel (convolution)
 */
export function slideKernel(
  { V, K, b }: InputsOf<"correlate">,
  attributes: AttributesOf<"correlate">,
  flipped: boolean,
): OutputsOf<"correlate"> {
  const [N, channels] = V.shape;
  const [O, C] = K.shape;
  const { X, R, P, stride, dilation, begin, extents } = slide(V.shape.slice(2), K.shape.slice(2), attributes);
  const Z = zeros(V.dtype, [N, O, ...extents]);
  const perGroup = O / attributes.groups;
  const plane = X[0] * X[1] * X[2];
  const taps = R[0] * R[1] * R[2];
  let z = 0;
  for (let n = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      const input = (n * channels + Math.floor(o / perGroup) * C) * plane;
      const kernel = o * C * taps;
      const bias = b ? b.data[o] : 0;
      for (let p0 = 0; p0 < P[0]; p0++) {
        const x0 = p0 * stride[0] - begin[0];
        const [from0, to0] = [firstTap(x0, dilation[0]), pastTap(x0, dilation[0], R[0], X[0])];
        for (let p1 = 0; p1 < P[1]; p1++) {
          const x1 = p1 * stride[1] - begin[1];
          const [from1, to1] = [firstTap(x1, dilation[1]), pastTap(x1, dilation[1], R[1], X[1])];
          for (let p2 = 0; p2 < P[2]; p2++) {
            const x2 = p2 * stride[2] - begin[2];
            const [from2, to2] = [firstTap(x2, dilation[2]), pastTap(x2, dilation[2], R[2], X[2])];
            let sum = bias;
            for (let c = 0; c < C; c++) {
              for (let k0 = from0; k0 < to0; k0++) {
                for (let k1 = from1; k1 < to1; k1++) {
                  const row = input + c * plane + ((x0 + k0 * dilation[0]) * X[1] + x1 + k1 * dilation[1]) * X[2] + x2;
                  const taps1 = (k0 * R[1] + k1) * R[2];
                  for (let k2 = from2; k2 < to2; k2++) {
                    const tap = flipped ? taps - 1 - taps1 - k2 : taps1 + k2;
                    sum += V.data[row + k2 * dilation[2]] * K.data[kernel + c * taps + tap];
                  }
                }
              }
            }
            Z.data[z++] = sum;
          }
        }
      }
    }
  }
  return { Z };
}

/** CORR-9: cross-correlation of V [N, C, …X] with K [O, C/groups, …R], giving Z [N, O, …P]. */
export function correlate(
  inputs: InputsOf<"correlate">,
  attributes: AttributesOf<"correlate">,
): OutputsOf<"correlate"> {
  check(signature, { inputs, attributes });
  return slideKernel(inputs, attributes, false);
}
