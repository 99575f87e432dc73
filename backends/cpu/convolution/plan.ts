import type { Triple } from "../plain/volume.ts";
import { type Block, blockOf } from "./block.ts";
import { type Geometry, product, sumLength } from "./geometry.ts";

/** How a direct call is cut into items. */
export interface DirectPlan {
  readonly block: Block;
  /** How many blocks of outputs there are along each axis. Where they do not fit, the last ones overlap. */
  readonly blocks: Triple;
  /** Output channels of an item, and how many items a block has. */
  readonly kernels: number;
  readonly chunks: number;
  /** Whether all that the outputs of a block multiply is laid out anew, one row for each step of the sum. */
  readonly dense: boolean;
}

/** Elements that a block should have at most: half of a cache of the second level of 1 MiB, and all of it where dense. */
const BLOCK_SIZE = 131_072;
const DENSE_SIZE = 262_144;
/** Columns of a block at most. */
const COLUMNS = 4096;
/** How many items a call should have, so that no thread waits for another for long. */
const ITEMS = 24;
/** How many times as many it has by cutting up output channels: these items share a block, mostly on one thread. */
const CHUNKED = 2;
/** Multiplications that are worth an item of their own. */
const LEAST_WORK = 200_000;
/** What laying out a vector of a dense block costs, in steps of one output channel. */
const DENSE_COST = 4;

const evenly = (n: number, most: number): readonly [size: number, count: number] => {
  const count = Math.ceil(n / Math.max(1, Math.min(most, n)));
  const size = Math.ceil(n / count);
  return [size, Math.ceil(n / size)];
};

/** The largest size up to n, found by halving, at which `fits` holds; at least 1. */
const largest = (n: number, fits: (size: number) => boolean): number => {
  let size = n;
  while (size > 1 && !fits(size)) size = Math.ceil(size / 2);
  return size;
};

const fill = (n: number): number => (Math.ceil(n / 4) * 4) / n;

/** The size at or little below `most` with which blocks overlap least. */
function leastOverlap(n: number, most: number): number {
  const sizes = Array.from({ length: Math.min(64, Math.floor(most / 2) + 1) }, (_, i) => most - i);
  const waste = (size: number): number => Math.ceil(n / size) * size;
  return sizes.filter((size) => size >= 1).reduce((best, size) => (waste(size) < waste(best) ? size : best));
}

/** The largest block of whole rows with few enough elements, cut finer where there would be too few items. */
function blockOutputs(geometry: Geometry, wanted: number): Triple {
  const { P } = geometry;
  const fits = (outputs: Triple): boolean => blockOf(geometry, outputs).size <= BLOCK_SIZE;
  const columns = Math.max(
    Math.min(P[2], 32),
    largest(P[2], (b) => b <= COLUMNS && fits([1, 1, b])),
  );
  // Blocks of equal width, in whole tiles.
  const b2 = columns === P[2] ? columns : Math.min(P[2], Math.ceil(evenly(P[2], columns)[0] / 8) * 8);
  const most1 = largest(P[1], (b) => fits([1, b, b2]));
  const [b1] = evenly(P[1], Math.max(Math.min(most1, 4), Math.min(most1, Math.ceil(P[1] / wanted))));
  if (b1 < P[1]) return [1, b1, b2];
  const most0 = largest(P[0], (b) => fits([b, b1, b2]));
  return [evenly(P[0], Math.max(1, Math.min(most0, Math.ceil(P[0] / wanted))))[0], b1, b2];
}

/** The same for a dense block, of whole planes or of rows of one. */
function denseOutputs({ P, ...geometry }: Geometry): Triple {
  const most = DENSE_SIZE / sumLength({ P, ...geometry }) / P[2];
  const planes = Math.min(P[0], Math.floor(most / P[1]));
  if (planes >= 1) return [leastOverlap(P[0], planes), P[1], P[2]];
  return [1, leastOverlap(P[1], Math.max(1, Math.min(P[1], Math.floor(most)))), P[2]];
}

const countsOf = (P: Triple, b: Triple): Triple => [
  Math.ceil(P[0] / b[0]),
  Math.ceil(P[1] / b[1]),
  Math.ceil(P[2] / b[2]),
];

/** Cuts a call of `samples` samples. What is computed does not depend on the number of threads. */
export function planOf(geometry: Geometry, samples: number): DirectPlan {
  const { O, P, groups } = geometry;
  const K = sumLength(geometry);
  const work = samples * groups * O * K * product(P);
  const items = Math.max(1, Math.min(ITEMS, Math.floor(work / LEAST_WORK)));
  const wanted = Math.max(1, Math.ceil(items / (samples * groups)));
  const whole = denseOutputs(geometry);
  const overlap = (product(countsOf(P, whole)) * product(whole)) / product(P);
  const dense =
    geometry.spread === undefined &&
    product(P) > P[2] &&
    K * product(whole) <= 2 * DENSE_SIZE &&
    overlap * fill(product(whole)) * (1 + DENSE_COST / O) < fill(P[2]);
  const outputs = dense ? whole : blockOutputs(geometry, wanted);
  const blocks = countsOf(P, outputs);
  const chunked = Math.ceil((CHUNKED * wanted) / product(blocks));
  const kernels = Math.min(O, Math.ceil(O / chunked / 12) * 12);
  return { block: blockOf(geometry, outputs), blocks, kernels, chunks: Math.ceil(O / kernels), dense };
}
