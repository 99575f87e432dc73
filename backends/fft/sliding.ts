import { type Block, blockOf } from "./blocks.ts";
import { type Certificate, certify } from "./certify.ts";
import { slidingRegion } from "./direct.ts";
import { copy, fill, type Source } from "./engine/block.ts";
import { bytesOf } from "./engine/heap.ts";
import { type Range, rangeOf, scale } from "./engine/range.ts";
import type { RowPlaces, Transform } from "./engine/transform.ts";
import { mostBytes, type Plan } from "./plan.ts";
import type { Side, Sliding, Triple } from "./problem.ts";
import type { Kernel, Spectra } from "./spectra.ts";
import type { Share, Workshop } from "./workshop.ts";

const zero: Triple = [0, 0, 0];

const baseOf = ({ strides }: Side, i: number, j: number, k: number): number =>
  i * strides[0] + j * strides[1] + k * strides[2];

/** Spectra of consecutive filters, which are counted through all groups. */
interface Chunk {
  readonly first: number;
  readonly past: number;
  readonly spectra: Spectra;
}

/** One run of a sliding problem on one thread. */
class Run {
  readonly #workshop: Workshop;
  readonly #problem: Sliding;
  readonly #plan: Plan;
  readonly #transform: Transform;
  readonly #kernel: Kernel;
  readonly #certificate: Certificate | undefined;
  /** The block of the sum, and after it those of the channels. */
  readonly #held: number;
  readonly #inputs: readonly number[];

  constructor(workshop: Workshop, problem: Sliding, plan: Plan) {
    this.#workshop = workshop;
    this.#problem = problem;
    this.#plan = plan;
    this.#transform = workshop.transform(plan.format, plan.extents);
    this.#kernel = workshop.cache.kernel(problem.B.data);
    this.#certificate = workshop.certified ? certify(problem, plan) : undefined;
    const { channels } = problem.counts;
    const { spectrumBytes } = this.#transform;
    this.#held = workshop.reserve((channels + 1) * spectrumBytes);
    this.#inputs = Array.from({ length: channels }, (_, c) => this.#held + (c + 1) * spectrumBytes);
  }

  /** The bytes of the spectra of one filter. */
  get filterBytes(): number {
    return this.#problem.counts.channels * this.#transform.spectrumBytes;
  }

  /** The spectra of filters, divided by the numbers of a block, which a transform back multiplies by. */
  chunk(first: number, past: number): Chunk {
    const { B, dilation, flipped, counts } = this.#problem;
    const { format, extents } = this.#plan;
    const name = [format, extents, B.strides, B.extents, dilation, flipped, counts.groups, first, past].join(" ");
    const spectra = this.#workshop.cache.get(this.#kernel, name, (past - first) * this.filterBytes, (address) =>
      Array.from({ length: past - first }, (_, at) => this.#filter(first + at, address + at * this.filterBytes)),
    );
    return { first, past, spectra };
  }

  /** Makes the spectra of one filter. */
  #filter(filter: number, address: number): Range {
    const { B, dilation, flipped, counts } = this.#problem;
    const { heap, scratch } = this.#workshop;
    const { format, extents } = this.#plan;
    const { size, spectrumBytes } = this.#transform;
    const [g, o] = [Math.floor(filter / counts.filters), filter % counts.filters];
    const slots = Array.from({ length: counts.channels }, (_, c) => address + c * spectrumBytes);
    const rows = slots.map((slot, c) => {
      const source: Source = { data: B.data, base: baseOf(B, g, o, c), extents: B.extents, spread: dilation, flipped };
      return fill(heap.numbers(format), slot / bytesOf[format], extents, source, zero, extents);
    });
    const range = rangeOf(heap, format, slots, size, scratch);
    if (range.finite)
      for (const [c, slot] of slots.entries()) {
        scale(heap, format, slot, size, 1 / size, -range.exponent);
        this.#transform.forward(slot, rows[c]);
      }
    return range;
  }

  /** Makes the spectra of the channels of a block. */
  #analyse(n: number, g: number, { start, limit }: Block): Range {
    const { A, upsample } = this.#problem;
    const { heap, scratch } = this.#workshop;
    const { format, extents } = this.#plan;
    const { size } = this.#transform;
    const rows: RowPlaces[] = [];
    for (const [c, slot] of this.#inputs.entries()) {
      const base = baseOf(A, n, g, c);
      const source: Source = { data: A.data, base, extents: A.extents, spread: upsample, flipped: false };
      rows.push(fill(heap.numbers(format), slot / bytesOf[format], extents, source, start, limit));
    }
    const range = rangeOf(heap, format, this.#inputs, size, scratch);
    if (range.finite && range.squares > 0)
      for (const [c, slot] of this.#inputs.entries()) {
        if (range.exponent !== 0) scale(heap, format, slot, size, 1, -range.exponent);
        this.#transform.forward(slot, rows[c]);
      }
    return range;
  }

  /** Computes the outputs of one item, a block of a sample and group, for the filters of a chunk that are of its group. */
  item(item: number, chunk: Chunk): void {
    const { samples, filters } = this.#problem.counts;
    const { blocks } = this.#plan;
    const [g, n] = [Math.floor(item / (samples * blocks)), Math.floor(item / blocks) % samples];
    const block = blockOf(this.#problem, this.#plan, item % blocks);
    const range = this.#analyse(n, g, block);
    const past = Math.min(chunk.past, (g + 1) * filters);
    for (let filter = Math.max(chunk.first, g * filters); filter < past; filter++) {
      const weights = chunk.spectra.ranges[filter - chunk.first];
      if (range.finite && weights.finite) {
        this.#sum(range, weights, chunk.spectra.address + (filter - chunk.first) * this.filterBytes, block.rows);
        this.#write(n, g, filter - g * filters, block, range, weights);
      } else slidingRegion(this.#problem, n, g, filter - g * filters, [block.from, block.past]);
    }
  }

  /** The sum over the channels, turned back. */
  #sum(range: Range, weights: Range, spectra: number, rows: RowPlaces): void {
    const { heap } = this.#workshop;
    const { format } = this.#plan;
    const { size, pairs, spectrumBytes } = this.#transform;
    if (range.squares === 0 || weights.squares === 0) {
      const first = this.#held / bytesOf[format];
      heap.numbers(format).fill(0, first, first + size);
      return;
    }
    const { channels } = this.#problem.counts;
    const { multiply } = heap.kernels[format];
    multiply(this.#held, this.#inputs[0], spectra, pairs, channels, spectrumBytes, spectrumBytes, 0);
    this.#transform.backward(this.#held, rows);
  }

  #write(n: number, g: number, o: number, block: Block, range: Range, weights: Range): void {
    const { out, bias, counts } = this.#problem;
    const { heap } = this.#workshop;
    const { format, extents } = this.#plan;
    const b = bias ? bias[g * counts.filters + o] : 0;
    const exponent = range.exponent + weights.exponent;
    const target = { data: out.data, base: baseOf(out, n, g, o), extents: out.extents, to: block.from };
    if (this.#certificate) {
      const factor = 2 ** exponent;
      const error = Math.sqrt(range.squares * weights.squares) * factor;
      const first = this.#held / bytesOf[format];
      this.#certificate.write(heap.numbers(format), first, block.wanted, target, { n, g, o, bias: b, error, factor });
      return;
    }
    if (b !== 0 || exponent !== 0) {
      // Two factors: a power of two may be too large for one.
      const half = Math.trunc(exponent / 2);
      const vectors = (this.#transform.size * bytesOf[format]) / 16;
      heap.kernels[format].affine(this.#held, vectors, 2 ** half, 2 ** (exponent - half), b);
    }
    copy(heap.numbers(format), this.#held / bytesOf[format], extents, block.wanted, block.rows, target);
  }

  end(): void {
    this.#workshop.release(this.#held);
  }
}

/**
 * Runs a share of a sliding problem: for each block the spectra of its channels, times those of each filter, and back.
 * Filters are taken in chunks whose spectra fit: several whole groups, or a part of one.
 */
export function slide(workshop: Workshop, problem: Sliding, plan: Plan, { from, to }: Share): void {
  const { samples, filters } = problem.counts;
  const perGroup = samples * plan.blocks;
  const run = new Run(workshop, problem, plan);
  try {
    const most = Math.max(1, Math.floor(mostBytes / run.filterBytes));
    const groups = Math.max(1, Math.floor(most / filters));
    const past = Math.floor((to - 1) / perGroup) + 1;
    for (let g = Math.floor(from / perGroup); g < past; g += groups) {
      const last = Math.min(g + groups, past);
      for (let first = g * filters; first < last * filters; first += most) {
        const chunk = run.chunk(first, Math.min(first + most, last * filters));
        const end = Math.min(to, last * perGroup);
        for (let item = Math.max(from, g * perGroup); item < end; item++) run.item(item, chunk);
      }
    }
  } finally {
    run.end();
  }
}
