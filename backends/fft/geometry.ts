import type { Format } from "./engine/heap.ts";
import { smoothFrom } from "./engine/lengths.ts";
import { rowUnit } from "./engine/rows.ts";

/**
 * One axis of a correlation out[q] = Σ_{t<taps} A[q + t − origin]·B[t], at unit steps: strides and dilations have
 * been spread out.
 */
export interface AxisProblem {
  /** The extent of A. */
  readonly input: number;
  readonly taps: number;
  readonly outputs: number;
  readonly origin: number;
  /** The steps between the outputs, or the taps, that are wanted: what a block must begin at a multiple of. */
  readonly step: number;
  /** Whether blocks are of outputs (overlap-save) or of taps (whose parts are added up). */
  readonly blocked: "outputs" | "taps";
}

/** One axis cut into blocks of a transform length. */
export interface AxisBlocks {
  readonly length: number;
  /** How many of what is blocked a block has, in steps; the last block may have fewer. */
  readonly each: number;
  readonly blocks: number;
  /**
   * Whether all lies in one block that begins with the input and not with the padding before it: then outputs lie
   * `origin` places earlier, those before the first at the end of the block.
   */
  readonly whole: boolean;
}

/**
 * The length at which one block suffices. Of the places q + t − origin none may meet an element of A other than its
 * own modulo the length: not −origin, the first, and not the last.
 */
const wholeLength = ({ input, taps, outputs, origin }: AxisProblem): number =>
  Math.max(input + origin, outputs + taps - 1 - origin, taps, outputs, input);

/** Lengths a few an octave from the first up, and the powers of two between, whose transforms take the fewest passes. */
function lengthsFrom(first: number, past: number, unit: number): number[] {
  const lengths: number[] = [];
  for (let length = first; length < past; length = smoothFrom(Math.ceil(length * 1.08) + 1, unit)) lengths.push(length);
  for (let power = unit; power < past; power *= 2) if (power > first && !lengths.includes(power)) lengths.push(power);
  return lengths;
}

/** Ways to cut an axis, by transform length: a few an octave, up to the one that needs no cut. */
export function waysToCut(axis: AxisProblem, last: boolean, format: Format): AxisBlocks[] {
  const unit = last ? rowUnit[format] : 1;
  const { taps, outputs, step, blocked } = axis;
  const [kept, cut] = blocked === "outputs" ? [taps, outputs] : [outputs, taps];
  const count = Math.floor((cut - 1) / step) + 1;
  const whole: AxisBlocks = {
    length: smoothFrom(axis.origin < 0 ? outputs + taps - 1 : wholeLength(axis), unit),
    each: count,
    blocks: 1,
    whole: axis.origin >= 0,
  };
  const ways = [whole];
  for (const length of lengthsFrom(smoothFrom(kept, unit), whole.length, unit)) {
    const each = Math.floor((length - kept) / step) + 1;
    if (each >= count) continue;
    ways.push({ length, each, blocks: Math.ceil(count / each), whole: false });
  }
  return ways;
}
