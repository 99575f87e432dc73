import { type Certificate, certify } from "./certify.ts";
import { slidingRegion } from "./direct.ts";
import { copy, fill, rowsWanted, type Wanted } from "./engine/block.ts";
import { bytesOf } from "./engine/heap.ts";
import { type Range, rangeOf, scale } from "./engine/range.ts";
import type { Plan } from "./plan.ts";
import { mostBytes } from "./plan.ts";
import type { Numbers, Sliding, Triple } from "./problem.ts";
import type { Share, Workshop } from "./workshop.ts";

/** The outputs of one block: from which on, how many, and the place in A at which the block begins. */
interface Block {
  readonly from: Triple;
  readonly count: Triple;
  readonly start: Triple;
  /** Beyond this no place of the block is looked at. */
  readonly limit: Triple;
}

const zero: Triple = [0, 0, 0];

const map = (value: (axis: number) => number): Triple => [value(0), value(1), value(2)];

function blockOf(problem: Sliding, { axes, extents }: Plan, index: number): Block {
  const [, b1, b2] = axes.map(({ blocks }) => blocks);
  const at = [Math.floor(index / (b1 * b2)), Math.floor(index / b2) % b1, index % b2];
  const from = map((axis) => at[axis] * axes[axis].each);
  const count = map((axis) => Math.min(axes[axis].each, problem.out.extents[axis] - from[axis]));
  const taps = map((axis) => (problem.B.extents[axis] - 1) * problem.dilation[axis] + 1);
  return {
    from,
    count,
    start: map((axis) => (axes[axis].whole ? 0 : from[axis] * problem.stride[axis] - problem.origin[axis])),
    limit: map((axis) =>
      axes[axis].whole ? extents[axis] : Math.min(extents[axis], (count[axis] - 1) * problem.stride[axis] + taps[axis]),
    ),
  };
}

/** Runs a share of a sliding problem: for each block the spectra of its channels, times those of each filter, and back. */
export function slide(workshop: Workshop, problem: Sliding, plan: Plan, { from, to }: Share): void {
  const { heap } = workshop;
  const { format, extents, blocks } = plan;
  const { samples, groups, filters, channels } = problem.counts;
  const transform = workshop.transform(format, extents);
  const { spectrumBytes, size, pairs } = transform;
  const { multiply } = heap.kernels[format];
  const kernel = workshop.cache.kernel(problem.B.data);
  const [firstGroup, lastGroup] = [from, to - 1].map((item) => Math.floor(item / (samples * blocks)));
  const perChunk = Math.max(1, Math.floor(mostBytes / (spectrumBytes * channels)));
  const held = workshop.reserve((channels + 1) * spectrumBytes);
  const inputs = Array.from({ length: channels }, (_, c) => held + (c + 1) * spectrumBytes);
  const certificate: Certificate | undefined = workshop.certified ? certify(problem, plan) : undefined;

  /** The spectra of filters [first, past), counted through all groups; divided by the size, which a transform back multiplies by. */
  const spectraOf = (first: number, past: number) => {
    const name = `${format}:${extents}:${problem.B.strides}:${problem.B.extents}:${problem.dilation}:${problem.flipped}:${groups}:${first}-${past}`;
    return workshop.cache.get(kernel, name, (past - first) * channels * spectrumBytes, (address) =>
      Array.from({ length: past - first }, (_, at): Range => {
        const [g, o] = [Math.floor((first + at) / filters), (first + at) % filters];
        const slots = Array.from({ length: channels }, (_, c) => address + (at * channels + c) * spectrumBytes);
        const rows = slots.map((slot, c) => {
          const base = g * problem.B.strides[0] + o * problem.B.strides[1] + c * problem.B.strides[2];
          const { data, extents: taps } = problem.B;
          const source = { data, base, extents: taps, spread: problem.dilation, flipped: problem.flipped };
          return fill(heap.numbers(format), slot / bytesOf[format], extents, source, zero, extents);
        });
        const range = rangeOf(heap, format, slots, size, workshop.scratch);
        if (range.finite)
          for (const [c, slot] of slots.entries()) {
            scale(heap, format, slot, size, 1 / size, -range.exponent);
            transform.forward(slot, rows[c]);
          }
        return range;
      }),
    );
  };

  /** The spectra of the channels of a block, and their range. */
  const analyse = (n: number, g: number, block: Block): Range => {
    const { A, upsample } = problem;
    const rows = inputs.map((slot, c) => {
      const base = n * A.strides[0] + g * A.strides[1] + c * A.strides[2];
      const source = { data: A.data, base, extents: A.extents, spread: upsample, flipped: false };
      return fill(heap.numbers(format), slot / bytesOf[format], extents, source, block.start, block.limit);
    });
    const range = rangeOf(heap, format, inputs, size, workshop.scratch);
    if (range.finite && range.squares > 0)
      for (const [c, slot] of inputs.entries()) {
        if (range.exponent !== 0) scale(heap, format, slot, size, 1, -range.exponent);
        transform.forward(slot, rows[c]);
      }
    return range;
  };

  for (let group = firstGroup; group <= lastGroup; ) {
    // Whole groups at a time, or a part of one.
    const many = Math.max(1, Math.min(lastGroup + 1 - group, Math.floor(perChunk / filters)));
    for (let o = 0; o < filters; o += perChunk) {
      const first = group * filters + o;
      const past = many > 1 ? (group + many) * filters : Math.min(first + perChunk, (group + 1) * filters);
      const spectra = spectraOf(first, past);
      const begin = Math.max(from, group * samples * blocks);
      const end = Math.min(to, (group + many) * samples * blocks);
      for (let item = begin; item < end; item++) {
        const [g, n] = [Math.floor(item / (samples * blocks)), Math.floor(item / blocks) % samples];
        const block = blockOf(problem, plan, item % blocks);
        const range = analyse(n, g, block);
        const wanted: Wanted = {
          begin: map((axis) => (plan.axes[axis].whole ? (extents[axis] - problem.origin[axis]) % extents[axis] : 0)),
          step: problem.stride,
          count: block.count,
        };
        const rowsOut = rowsWanted(extents, wanted);
        for (let filter = Math.max(first, g * filters); filter < Math.min(past, (g + 1) * filters); filter++) {
          const weights = spectra.ranges[filter - first];
          const region = [block.from, map((axis) => block.from[axis] + block.count[axis])] as const;
          const place = filter - g * filters;
          if (!range.finite || !weights.finite) {
            slidingRegion(problem, n, g, place, region);
            continue;
          }
          const k = spectra.address + (filter - first) * channels * spectrumBytes;
          if (range.squares === 0 || weights.squares === 0)
            heap.numbers(format).fill(0, held / bytesOf[format], held / bytesOf[format] + size);
          else {
            multiply(held, inputs[0], k, pairs, channels, spectrumBytes, spectrumBytes, 0);
            transform.backward(held, rowsOut);
          }
          const base = n * problem.out.strides[0] + g * problem.out.strides[1] + place * problem.out.strides[2];
          const bias = problem.bias ? problem.bias[filter] : 0;
          const out = { data: problem.out.data, base, extents: problem.out.extents, to: block.from };
          const exponent = range.exponent + weights.exponent;
          if (certificate) {
            const error = Math.sqrt(range.squares * weights.squares) * 2 ** exponent;
            certificate.write(heap.numbers(format), held / bytesOf[format], wanted, out, {
              ...{ n, g, o: place, bias, error, factor: 2 ** exponent },
            });
            continue;
          }
          if (bias !== 0 || exponent !== 0) {
            const half = Math.trunc(exponent / 2);
            heap.kernels[format].affine(held, (size * bytesOf[format]) / 16, 2 ** half, 2 ** (exponent - half), bias);
          }
          copy(heap.numbers(format), held / bytesOf[format], extents, wanted, rowsOut, out);
        }
      }
    }
    group += many;
  }
  workshop.release(held);
}

/** Copies the outputs of a share from where another thread has written them. */
export function gather(problem: Sliding, plan: Plan, { from, to }: Share, written: Numbers): void {
  const { samples, filters } = problem.counts;
  const { data, strides, extents } = problem.out;
  for (let item = from; item < to; item++) {
    const [g, n] = [Math.floor(item / (samples * plan.blocks)), Math.floor(item / plan.blocks) % samples];
    const block = blockOf(problem, plan, item % plan.blocks);
    // Whole rows that follow each other are one.
    const whole = block.count[2] === extents[2];
    const [rows, length] = whole ? [1, block.count[1] * extents[2]] : [block.count[1], block.count[2]];
    for (let o = 0; o < filters; o++)
      for (let q0 = 0; q0 < block.count[0]; q0++)
        for (let q1 = 0; q1 < rows; q1++) {
          const base = n * strides[0] + g * strides[1] + o * strides[2];
          const at = base + ((block.from[0] + q0) * extents[1] + block.from[1] + q1) * extents[2] + block.from[2];
          data.set(written.subarray(at, at + length), at);
        }
  }
}
