import { transformError } from "./certify.ts";
import { weighedElement } from "./direct.ts";
import { fill, rowsWanted, type Source, type Wanted } from "./engine/block.ts";
import { bytesOf } from "./engine/heap.ts";
import { type Range, rangeOf, scale } from "./engine/range.ts";
import { mostBytes, type Plan } from "./plan.ts";
import { type Triple, volume, type Weighing } from "./problem.ts";
import type { Share, Workshop } from "./workshop.ts";

/** What a share of the samples and blocks adds to the weights. */
export interface Weighed {
  /** By group, filter, channel and tap, in the order of the window. */
  readonly sums: Float64Array;
  /** How far a sum of a filter of a group may be off, by group and filter. */
  readonly errors: Float64Array;
}

/** Spectra of this many blocks are added up before they are turned back, and the rest in double precision. */
const mostTerms = 64;

const zero: Triple = [0, 0, 0];
const map = (value: (axis: number) => number): Triple => [value(0), value(1), value(2)];

/**
 * Runs a share of a weighing problem: for each sample and block of G the spectra of all filters of G and all channels
 * of V, whose products add up to the spectra of the weights.
 */
export function weigh(workshop: Workshop, problem: Weighing, plan: Plan, { from, to }: Share): Weighed {
  const { heap } = workshop;
  const { format, extents, blocks, axes } = plan;
  const { samples, groups, filters, channels } = problem.counts;
  const { G, V, stride, dilation, origin, out } = problem;
  const taps = volume(out.extents);
  const sums = new Float64Array(groups * filters * channels * taps);
  const errors = new Float64Array(groups * filters);
  if (to <= from) return { sums, errors };

  const transform = workshop.transform(format, extents);
  const { spectrumBytes, size, pairs } = transform;
  const { multiply } = heap.kernels[format];
  const spans = map((axis) => (out.extents[axis] - 1) * dilation[axis] + 1);
  const wanted: Wanted = {
    begin: map((axis) => (axes[axis].whole ? (extents[axis] - origin[axis]) % extents[axis] : 0)),
    step: dilation,
    count: out.extents,
  };
  const rowsOut = rowsWanted(extents, wanted);
  const relative = transformError(extents, { ...problem.counts, channels: mostTerms });
  const perChunk = Math.max(1, Math.min(filters, Math.floor(mostBytes / (spectrumBytes * (channels + 1)))));
  const held = workshop.reserve((perChunk * channels + channels + 1) * spectrumBytes);
  const inputs = Array.from({ length: channels }, (_, c) => held + (perChunk * channels + c) * spectrumBytes);
  const upstream = held + (perChunk * channels + channels) * spectrumBytes;
  const sumOf = (o: number, c: number): number => held + (o * channels + c) * spectrumBytes;

  const analyse = (slots: readonly number[], sources: readonly Source[], start: Triple, limit: Triple): Range => {
    const rows = slots.map((slot, at) =>
      fill(heap.numbers(format), slot / bytesOf[format], extents, sources[at], start, limit),
    );
    const range = rangeOf(heap, format, slots, size, workshop.scratch);
    if (range.finite && range.squares > 0)
      for (const [at, slot] of slots.entries()) {
        if (range.exponent !== 0) scale(heap, format, slot, size, 1, -range.exponent);
        transform.forward(slot, rows[at]);
      }
    return range;
  };

  for (let g = Math.floor(from / (samples * blocks)); g * samples * blocks < to; g++)
    for (let firstFilter = 0; firstFilter < filters; firstFilter += perChunk) {
      const some = Math.min(perChunk, filters - firstFilter);
      // For each filter: how many products its spectra hold, and the power of two that they lack.
      const terms = new Int32Array(some);
      const exponents = new Int32Array(some);

      /** Turns the spectra of a filter back and adds them to its sums. */
      const flush = (o: number): void => {
        if (terms[o] === 0) return;
        const factor = 2 ** exponents[o] / size;
        for (let c = 0; c < channels; c++) {
          const address = sumOf(o, c);
          transform.backward(address, rowsOut);
          const numbers = heap.numbers(format);
          let at = ((g * filters + firstFilter + o) * channels + c) * taps;
          for (const row0 of rowsOut[0])
            for (const row1 of rowsOut[1]) {
              const row = address / bytesOf[format] + (row0 * extents[1] + row1) * extents[2];
              for (let k = 0; k < out.extents[2]; k++)
                sums[at++] += numbers[row + ((wanted.begin[2] + k * dilation[2]) % extents[2])] * factor;
            }
        }
        terms[o] = 0;
      };

      const begin = Math.max(from, g * samples * blocks);
      for (let item = begin; item < Math.min(to, (g + 1) * samples * blocks); item++) {
        const n = Math.floor(item / blocks) % samples;
        const index = item % blocks;
        const [, b1, b2] = axes.map((axis) => axis.blocks);
        const place = [Math.floor(index / (b1 * b2)), Math.floor(index / b2) % b1, index % b2];
        const first = map((axis) => place[axis] * axes[axis].each);
        const past = map((axis) => Math.min(first[axis] + axes[axis].each, G.extents[axis]));
        const length = map((axis) => (past[axis] - first[axis] - 1) * stride[axis] + 1);
        const source = inputs.map((_, c): Source => {
          const base = n * V.strides[0] + g * V.strides[1] + c * V.strides[2];
          return { data: V.data, base, extents: V.extents, spread: [1, 1, 1], flipped: false };
        });
        const start = map((axis) => (axes[axis].whole ? 0 : first[axis] * stride[axis] - origin[axis]));
        const reach = map((axis) => (axes[axis].whole ? extents[axis] : length[axis] + spans[axis] - 1));
        const range = analyse(inputs, source, start, reach);
        for (let o = 0; o < some; o++) {
          const base = n * G.strides[0] + g * G.strides[1] + (firstFilter + o) * G.strides[2];
          const above: Source = { data: G.data, base, extents: G.extents, spread: stride, flipped: false };
          const begins = map((axis) => first[axis] * stride[axis]);
          const weight = analyse([upstream], [above], begins, length);
          if (!range.finite || !weight.finite) {
            let at = (g * filters + firstFilter + o) * channels * taps;
            for (let c = 0; c < channels; c++)
              for (let k0 = 0; k0 < out.extents[0]; k0++)
                for (let k1 = 0; k1 < out.extents[1]; k1++)
                  for (let k2 = 0; k2 < out.extents[2]; k2++)
                    sums[at++] += weighedElement(
                      problem,
                      [n, n + 1],
                      [g, firstFilter + o, c],
                      [k0, k1, k2],
                      [first, past],
                    );
            continue;
          }
          if (range.squares === 0 || weight.squares === 0) continue;
          const exponent = range.exponent + weight.exponent;
          if (terms[o] >= mostTerms || exponent !== exponents[o]) flush(o);
          exponents[o] = exponent;
          for (const [c, input] of inputs.entries())
            multiply(sumOf(o, c), input, upstream, pairs, 1, 0, 0, terms[o] > 0 ? 1 : 0);
          terms[o] += 1;
          errors[g * filters + firstFilter + o] += relative * Math.sqrt(range.squares * weight.squares) * 2 ** exponent;
        }
      }
      for (let o = 0; o < some; o++) flush(o);
    }
  workshop.release(held);
  return { sums, errors };
}

/** The sums of all shares as one. */
export function together(parts: readonly Weighed[]): Weighed {
  const [{ sums, errors }, ...rest] = parts;
  for (const part of rest) {
    for (let at = 0; at < sums.length; at++) sums[at] += part.sums[at];
    for (let at = 0; at < errors.length; at++) errors[at] += part.errors[at];
  }
  return { sums, errors };
}

/**
 * Writes the weights' gradient.
 * @param certified whether a sum that is not proved as accurate as a direct one is made directly
 */
export function conclude(problem: Weighing, { sums, errors }: Weighed, certified: boolean): void {
  const { counts, out, G } = problem;
  const [, R1, R2] = out.extents;
  const taps = volume(out.extents);
  for (let at = 0; at < sums.length; at++) {
    const k = at % taps;
    const row = Math.floor(at / taps);
    const c = row % counts.channels;
    const filter = Math.floor(row / counts.channels);
    const [g, o] = [Math.floor(filter / counts.filters), filter % counts.filters];
    // A sum that is not finite was made directly, where it had to be.
    const proved = !certified || !Number.isFinite(sums[at]) || errors[filter] <= Math.abs(sums[at]) * 2 ** -25;
    const tap: Triple = [Math.floor(k / (R1 * R2)), Math.floor(k / R2) % R1, k % R2];
    const value = proved ? sums[at] : weighedElement(problem, [0, counts.samples], [g, o, c], tap, [zero, G.extents]);
    const base = g * out.strides[0] + o * out.strides[1] + c * out.strides[2];
    out.data[base + (problem.flipped ? taps - 1 - k : k)] = value;
  }
}
