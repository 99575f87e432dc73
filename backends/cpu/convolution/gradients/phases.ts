import type { Slide, Triple } from "../../plain/volume.ts";
import { type Geometry, joined, product } from "../geometry.ts";

/** The taps that meet the input elements of one residue class of an axis, and where they find the gradient. */
interface AxisPhase {
  /** The first element of the class: it holds every s-th from there. */
  readonly first: number;
  /** How many elements it has. */
  readonly extent: number;
  /** The taps in the order in which they find the gradient: from the last to the first. */
  readonly taps: readonly number[];
  /** From the gradient of one tap to that of the next. */
  readonly dilation: number;
  /** How far before position q of the gradient the taps of element q of the class begin. */
  readonly begin: number;
}

/** One residue class of the input's elements: a cross-correlation of the gradient at stride one. */
export interface Phase {
  readonly geometry: Geometry;
  /** Where its first element is in a plane of the input. */
  readonly offset: number;
  /** Its taps, row-major places in the kernel, in the order in which the geometry has them. */
  readonly taps: readonly number[];
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Element s·q + ρ meets tap k at position q + (ρ + a − k·d)/s, where that is a whole number. */
function axisPhases(x: number, r: number, s: number, d: number, a: number): AxisPhase[] {
  return Array.from({ length: Math.min(s, x) }, (_, first) => {
    const taps = Array.from({ length: r }, (_, i) => r - 1 - i).filter((k) => (first + a - k * d) % s === 0);
    const dilation = taps.length > 1 ? d / gcd(s, d) : 1;
    const begin = taps.length > 0 ? (taps[0] * d - first - a) / s : 0;
    return { first, extent: Math.ceil((x - first) / s), taps, dilation, begin };
  });
}

/** What the sums of an input gradient have besides the window: channels in and out of one group of the forward call. */
export interface InputCall {
  readonly window: Slide;
  readonly groups: number;
  readonly C: number;
  readonly O: number;
  /** Whether the forward call is a convolution. */
  readonly flipped: boolean;
  readonly bias: boolean;
}

/** The phases of an input gradient that have taps; elements of the others meet no weight. */
export function phasesOf({ window, groups, C, O, flipped, bias }: InputCall): Phase[] {
  const { X, R, P, stride, dilation, begin } = window;
  const [axis0, axis1, axis2] = [0, 1, 2].map((i) => axisPhases(X[i], R[i], stride[i], dilation[i], begin[i]));
  const alone = product(stride) === 1;
  const size = product(R);
  const phase = (...axes: [AxisPhase, AxisPhase, AxisPhase]): Phase => {
    const each = (value: (axis: AxisPhase) => number): Triple => [value(axes[0]), value(axes[1]), value(axes[2])];
    const places = axes[0].taps.flatMap((k0) =>
      axes[1].taps.flatMap((k1) => axes[2].taps.map((k2) => (k0 * R[1] + k1) * R[2] + k2)),
    );
    const first = each((axis) => axis.first);
    return {
      geometry: joined({
        groups,
        C: O,
        O: C,
        X: P,
        R: each((axis) => axis.taps.length),
        P: each((axis) => axis.extent),
        stride: [1, 1, 1],
        dilation: each((axis) => axis.dilation),
        begin: each((axis) => axis.begin),
        flipped: false,
        bias,
        ...(alone ? {} : { spread: { extents: X, step: stride } }),
      }),
      offset: (first[0] * X[1] + first[1]) * X[2] + first[2],
      taps: flipped ? places.map((place) => size - 1 - place) : places,
    };
  };
  return axis0
    .flatMap((a0) => axis1.flatMap((a1) => axis2.map((a2) => phase(a0, a1, a2))))
    .filter(({ taps }) => taps.length > 0);
}

/** Whether every input element meets a tap. */
export const covers = (phases: readonly Phase[], X: Triple): boolean =>
  phases.reduce((sum, { geometry }) => sum + product(geometry.P), 0) === product(X);
