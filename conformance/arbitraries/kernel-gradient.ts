import fc from "fast-check";
import { operatorNamed, type Shape, type Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { channels } from "./channels.ts";
import { kernelCall } from "./kernel.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

type ForwardCall = Invocation<"correlate" | "convolve">;

/** Any valid forward call, with a gradient from above that has the shape of its output. */
const withUpstream = (forward: "correlate" | "convolve", limits: CallLimits) =>
  kernelCall(forward, limits).chain((call: ForwardCall) => {
    const { V, K } = call.inputs as { readonly V: Tensor; readonly K: Tensor };
    const { Z } = operatorNamed(forward).shapes({ inputs: { V, K }, attributes: call.attributes }) as { Z: Shape };
    return drawnTensor(V.dtype, Z, limits.values ?? "exact").map((G) => ({ G, V, K, attributes: call.attributes }));
  });

/** Any valid call of the gradient of correlate or convolve with respect to its kernel. */
export const kernelGradientCall = (
  forward: "correlate" | "convolve",
  limits: CallLimits = {},
): fc.Arbitrary<Invocation> =>
  withUpstream(forward, limits).map(
    ({ G, V, K, attributes }): Invocation => ({
      operator: `${forward}-kernel-gradient`,
      inputs: { G, V },
      attributes: { ...attributes, kernel: K.shape.slice(2) },
    }),
  );

/** Any valid call of the gradient of correlate or convolve with respect to its input. */
export const inputGradientCall = (
  forward: "correlate" | "convolve",
  limits: CallLimits = {},
): fc.Arbitrary<Invocation> =>
  withUpstream(forward, limits).map(
    ({ G, V, K, attributes }): Invocation => ({
      operator: `${forward}-input-gradient`,
      inputs: { G, K },
      attributes: { ...attributes, input: V.shape.slice(2) },
    }),
  );

/** Any valid call of bias-gradient. */
export const biasGradientCall = ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
  fc
    .tuple(channels, fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }))
    .chain(([{ N, perGroup }, P]) => drawnTensor(dtype, [N, perGroup, ...P], values))
    .map((G): Invocation => ({ operator: "bias-gradient", inputs: { G }, attributes: {} }));

/** One axis of a transposed correlation; padding is cut down to what leaves a cell of the result. */
const transposedAxis = (taps: number) =>
  fc
    .record({
      p: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 })),
      r: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: taps })),
      d: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 2, max: 3 })),
      s: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 2, max: 5 })),
      begin: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.integer({ min: 1, max: 4 })),
      end: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.integer({ min: 1, max: 4 })),
      more: fc.nat(4),
    })
    .map(({ p, r, d, s, begin, end, more }) => {
      const room = (p - 1) * s + (r - 1) * d + (more % s);
      const a = Math.min(begin, room);
      return { p, r, d, s, padding: [a, Math.min(end, room - a)] as const, outputPadding: more % s };
    });

/** Any valid call of correlate-transpose. */
export const transposeCall = ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
  fc.integer({ min: 1, max: 3 }).chain((axes) =>
    fc
      .tuple(fc.array(transposedAxis([6, 4, 3][axes - 1]), { minLength: axes, maxLength: axes }), channels)
      .chain(([drawn, { N, groups, perGroup, kernels, bias }]) => {
        const C = axes === 3 ? Math.min(perGroup, 2) : perGroup;
        return fc
          .record({
            V: drawnTensor(dtype, [N, groups * kernels, ...drawn.map(({ p }) => p)], values),
            K: drawnTensor(dtype, [groups * kernels, C, ...drawn.map(({ r }) => r)], values),
            ...(bias ? { b: drawnTensor(dtype, [groups * C], values) } : {}),
          })
          .map(
            (inputs): Invocation => ({
              operator: "correlate-transpose",
              inputs,
              attributes: {
                stride: drawn.map(({ s }) => s),
                dilation: drawn.map(({ d }) => d),
                padding: drawn.map(({ padding }) => padding),
                outputPadding: drawn.map(({ outputPadding }) => outputPadding),
                groups,
              },
            }),
          );
      }),
  );
