import fc from "fast-check";
import { dilatedExtent, type Rounding, type WindowAttributes } from "../../spec/index.ts";

/** A sliding window with an input it fits: everything valid by construction. */
export interface DrawnWindow {
  readonly X: readonly number[];
  readonly R: readonly number[];
  readonly attributes: WindowAttributes;
}

export interface WindowLimits {
  /** The most taps on one axis, for one, two and three axes. */
  readonly taps?: readonly [number, number, number];
  readonly roundings?: readonly Rounding[];
  /** Padding stays below the dilated window, as pooling demands. */
  readonly paddingBelowWindow?: boolean;
}

/** One axis; extents of 1, kernels as large as the input and strides beyond the kernel come often. */
const axis = (taps: number, rounding: Rounding, paddingBelowWindow: boolean) =>
  fc
    .record({
      r: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: taps })),
      d: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 2, max: 3 })),
      s: fc.oneof({ arbitrary: fc.constant(1), weight: 2 }, fc.integer({ min: 2, max: 5 })),
      begin: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.integer({ min: 1, max: 4 })),
      end: fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.integer({ min: 1, max: 4 })),
      outputs: fc.integer({ min: 1, max: 4 }),
      rest: fc.nat(4),
    })
    .map(({ r, d, s, begin, end, outputs, rest }) => {
      const e = dilatedExtent(r, d);
      const most = paddingBelowWindow ? e - 1 : 4;
      const [a, z] = [Math.min(begin, most), Math.min(end, most)];
      const n = (outputs - 1) * s + e - a - z + (rounding === "strict" ? 0 : rest % s);
      return { r, d, s, padding: [a, z] as const, n: n >= 1 ? n : n + s * Math.ceil((1 - n) / s) };
    });

/** Windows over one to three axes with explicit padding, under any rounding. */
function explicit({
  taps = [7, 4, 3],
  roundings = ["floor", "ceil", "strict"],
  paddingBelowWindow = false,
}: WindowLimits) {
  return fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(...roundings)).chain(([axes, rounding]) =>
    fc.array(axis(taps[axes - 1], rounding, paddingBelowWindow), { minLength: axes, maxLength: axes }).map(
      (drawn): DrawnWindow => ({
        X: drawn.map(({ n }) => n),
        R: drawn.map(({ r }) => r),
        attributes: {
          stride: drawn.map(({ s }) => s),
          dilation: drawn.map(({ d }) => d),
          padding: drawn.map(({ padding }) => padding),
          rounding,
        },
      }),
    ),
  );
}

/** The same windows with padding by name; the input grows where `valid` needs it to. */
const named = (limits: WindowLimits) =>
  fc
    .tuple(
      explicit({ ...limits, roundings: ["floor"] }),
      fc.constantFrom("valid" as const, "same" as const, "same-lower" as const, "full" as const),
    )
    .map(
      ([{ X, R, attributes }, padding]): DrawnWindow => ({
        X: X.map((n, i) => (padding === "valid" ? Math.max(n, dilatedExtent(R[i], attributes.dilation[i])) : n)),
        R,
        attributes: { ...attributes, padding },
      }),
    );

/** Any valid sliding window. */
export const drawnWindow = (limits: WindowLimits = {}): fc.Arbitrary<DrawnWindow> =>
  fc.oneof({ arbitrary: explicit(limits), weight: 3 }, named(limits));
