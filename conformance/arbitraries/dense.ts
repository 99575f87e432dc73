import fc from "fast-check";
import type { OperatorName, Shape } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import type { CallLimits } from "./limits.ts";
import { drawnTensor } from "./tensor.ts";

/** Samples, inputs and outputs of a dense layer: one of each often, as many outputs as inputs too, no samples sometimes. */
const extents = fc
  .record({
    N: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 0, max: 4 })),
    I: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 17 })),
    O: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 9 })),
    bias: fc.boolean(),
    square: fc.nat(3).map((drawn) => drawn === 3),
  })
  .map(({ square, ...layer }) => ({ ...layer, O: square ? layer.I : layer.O }));

type Layer = Readonly<Record<"N" | "I" | "O", number>> & { readonly bias: boolean };

/** Any valid call of an operator whose inputs have shapes that follow from a dense layer's. */
const denseShapes =
  (operator: OperatorName, shapes: (layer: Layer) => Readonly<Record<string, Shape>>) =>
  ({ dtype = "f32", values = "exact" }: CallLimits = {}): fc.Arbitrary<Invocation> =>
    extents.chain((layer) => {
      const tensors = Object.entries(shapes(layer)).map(
        ([name, shape]) => [name, drawnTensor(dtype, shape, values)] as const,
      );
      return fc
        .record(Object.fromEntries(tensors))
        .map((inputs) => ({ operator, inputs, attributes: {} }) as unknown as Invocation);
    });

/** Any valid call of dense. */
export const denseCall = denseShapes("dense", ({ N, I, O, bias }) => ({
  x: [N, I],
  W: [O, I],
  ...(bias ? { b: [O] } : {}),
}));

/** Any valid call of dense-input-gradient. */
export const denseInputGradientCall = denseShapes("dense-input-gradient", ({ N, I, O }) => ({ G: [N, O], W: [O, I] }));

/** Any valid call of dense-weight-gradient. */
export const denseWeightGradientCall = denseShapes("dense-weight-gradient", ({ N, I, O }) => ({
  G: [N, O],
  x: [N, I],
}));

/** Any valid call of dense-bias-gradient. */
export const denseBiasGradientCall = denseShapes("dense-bias-gradient", ({ N, O }) => ({ G: [N, O] }));
