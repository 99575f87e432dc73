import type { Triple } from "../plain/volume.ts";
import { type Geometry, product } from "./geometry.ts";
import type { Steps } from "./steps.ts";

/** The stretches of a row of a block: each is `length` input elements, `stride` columns apart. */
export interface Segments {
  readonly count: number;
  /** From the first column of one to that of the next. */
  readonly apart: number;
  /** From where one begins in the row of the block to the next. */
  readonly length: number;
}

/** How the rows of one of the two slow axes are laid out in a block. */
export interface RowAxis {
  readonly count: number;
  /** From the row of an output to that of the next, and from the row of a tap to that of the next. */
  readonly perOutput: number;
  readonly perTap: number;
  /** Whether only rows under taps are there, R for each output, and not all rows from first to last. */
  readonly gathered: boolean;
}

/**
 * The part of one group's input that a block of outputs is made from, copied so that neighbouring outputs read
 * neighbouring elements: padding is zeros, and a strided row is split into its phases. Distances in elements.
 */
export interface Block {
  /** Extents of the block of outputs. */
  readonly outputs: Triple;
  readonly axes: readonly [RowAxis, RowAxis];
  readonly segments: Segments;
  /** Where the first output of a row finds each tap of the fastest axis. */
  readonly columns: readonly number[];
  readonly rowPitch: number;
  readonly channelPitch: number;
  readonly size: number;
}

/** Steps written out at most: longer code gains nothing. */
const UNROLLED = 40;
/** Room after a row, so that a vector may be stored past its end. */
const SLACK = 4;

const rowAxis = (b: number, r: number, stride: number, dilation: number): RowAxis => {
  const span = (b - 1) * stride + (r - 1) * dilation + 1;
  return b * r < span
    ? { count: b * r, perOutput: r, perTap: 1, gathered: true }
    : { count: span, perOutput: stride, perTap: dilation, gathered: false };
};

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
/** After how many taps the phase repeats. */
const period = (stride: number, dilation: number): number => stride / gcd(stride, dilation);

const whole = (n: number): number => Math.ceil(n / 4) * 4;

/**
 * The fastest axis: split into the phases of the stride, of which each holds every stride-th column, or one stretch for
 * each tap, whichever is shorter.
 */
function columnAxis(b: number, r: number, stride: number, dilation: number) {
  const width = whole(b);
  const taps = Array.from({ length: r }, (_, k) => k * dilation);
  const used = [...new Set(taps.map((cell) => cell % stride))].sort((x, y) => x - y);
  const apart = used.length > 1 ? used[1] : 1;
  const even = used.every((phase, i) => phase === i * apart);
  const phases: Segments = {
    count: even ? used.length : stride,
    apart: even ? apart : 1,
    length: width + Math.floor(taps[r - 1] / stride),
  };
  const perTap: Segments = { count: r, apart: dilation, length: width };
  const gathered = perTap.count * perTap.length < phases.count * phases.length || period(stride, dilation) > UNROLLED;
  const segments = gathered ? perTap : phases;
  const columns = taps.map((cell, k) =>
    gathered ? k * width : ((cell % stride) / phases.apart) * phases.length + Math.floor(cell / stride),
  );
  return { segments, columns, rowPitch: whole(segments.count * segments.length) + SLACK };
}

/** The layout of the block of inputs from which a block of outputs [b0, b1, b2] is made. */
export function blockOf({ C, R, stride, dilation }: Geometry, outputs: Triple): Block {
  const axes = [0, 1].map((i) => rowAxis(outputs[i], R[i], stride[i], dilation[i]));
  const { segments, columns, rowPitch } = columnAxis(outputs[2], R[2], stride[2], dilation[2]);
  const plane = axes[0].count * axes[1].count * rowPitch;
  // Channels whose distance is a multiple of 4 KiB would all lie in the same few lines of the cache.
  const channelPitch = (plane * 4) % 4096 < 64 ? plane + 16 : plane;
  return {
    outputs,
    axes: [axes[0], axes[1]],
    segments,
    columns,
    rowPitch,
    channelPitch,
    size: channelPitch * C + 16,
  };
}

const repeated = (count: number, input: number, weight: number, body: Steps, rewind = true): Steps =>
  count === 1 ? body : { kind: "repeated", count, input, weight, body, rewind };

const sequence = (parts: readonly Steps[]): Steps => (parts.length === 1 ? parts[0] : { kind: "sequence", parts });

/** `count` steps at one distance from each other: of the input, and of the weights. */
export function evenSteps(count: number, input: number, weight = 1): Steps {
  const unit = Math.min(count, 8);
  const run = (from: number, length: number): Steps => ({
    kind: "unrolled",
    places: Array.from({ length }, (_, i) => [(from + i) * input, (from + i) * weight] as const),
  });
  const turns = Math.floor(count / unit);
  const rest = count - turns * unit;
  const main = repeated(turns, unit * input, unit * weight, run(0, unit), false);
  return rest === 0 ? main : sequence([main, run(turns === 1 ? unit : 0, rest)]);
}

/** The steps of the sum of an output, in the order of the weights: channels, then taps. */
export function stepsOf(geometry: Geometry, block: Block): Steps {
  const { C, R, flipped } = geometry;
  const taps = product(R);
  if (taps === 1) return evenSteps(C, block.channelPitch);
  const turned = (k: number, r: number): number => (flipped ? r - 1 - k : k);
  const [axis0, axis1] = block.axes;
  const place = (k0: number, k1: number, k2: number): readonly [number, number] => [
    (turned(k0, R[0]) * axis0.perTap * axis1.count + turned(k1, R[1]) * axis1.perTap) * block.rowPitch +
      block.columns[turned(k2, R[2])],
    (k0 * R[1] + k1) * R[2] + k2,
  ];
  const each = (r: number): number[] => Array.from({ length: r }, (_, k) => k);
  const unrolled = (places: readonly (readonly [number, number])[]): Steps => ({ kind: "unrolled", places });
  const step = (from: readonly [number, number], to: readonly [number, number]) => to[0] - from[0];
  const perChannel = (): Steps => {
    if (taps <= UNROLLED)
      return unrolled(
        each(R[0]).flatMap((k0) => each(R[1]).flatMap((k1) => each(R[2]).map((k2) => place(k0, k1, k2)))),
      );
    const row = rowSteps(geometry, (k2) => place(0, 0, k2));
    const plane = R[1] === 1 ? row : repeated(R[1], step(place(0, 0, 0), place(0, 1, 0)), R[2], row);
    return R[0] === 1 ? plane : repeated(R[0], step(place(0, 0, 0), place(1, 0, 0)), R[1] * R[2], plane);
  };
  return repeated(C, block.channelPitch, taps, perChannel(), false);
}

/** The steps of one row of the kernel. */
function rowSteps({ R, stride, dilation }: Geometry, place: (k2: number) => readonly [number, number]): Steps {
  const run = (from: number, length: number): Steps => ({
    kind: "unrolled",
    places: Array.from({ length }, (_, i) => place(from + i)),
  });
  if (R[2] <= UNROLLED) return run(0, R[2]);
  const turn = period(stride[2], dilation[2]);
  const unit = turn > UNROLLED ? 16 : Math.ceil(16 / turn) * turn;
  const turns = Math.floor(R[2] / unit);
  const rest = R[2] - turns * unit;
  const main = repeated(turns, place(unit)[0] - place(0)[0], unit, run(0, unit));
  return rest === 0 ? main : sequence([main, run(turns * unit, rest)]);
}
