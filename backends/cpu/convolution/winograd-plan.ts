import { type Geometry, product } from "./geometry.ts";

/** Extents of a plane with zeros around it, and the distance from one of its rows to the next. */
export interface Padded {
  readonly height: number;
  readonly width: number;
  readonly pitch: number;
}

/** A minimal filtering algorithm F(m×m, 3×3): n = m + 2 cells of input on each axis for m outputs. */
export interface WinogradPlan extends Padded {
  readonly m: 2 | 4;
  readonly n: 4 | 6;
  /** Squares of m × m outputs along each of the two axes. */
  readonly squares: readonly [rows: number, columns: number];
  /** Squares of a block, a multiple of 4. */
  readonly lanes: number;
  /** What lies side by side in a vector of the products: squares, or output channels where there are few squares. */
  readonly lanesAre: "squares" | "channels";
  /** Output channels of an item, a multiple of TILE, and how many items a block has. */
  readonly kernels: number;
  readonly chunks: number;
}

/** Vectors of four squares in a block: few enough for the transformed input to stay in the second cache. */
const BLOCK_VECTORS = 8;
const ITEMS = 48;
/** What it costs to transform a vector of squares of one channel, to and from, in products of one output channel. */
const TRANSFORM_COST = { 2: 70, 4: 150 } as const;

/** Output channels that the transformed kernel has side by side. */
export const TILE = 4;

/** Channels from which on it may be faster, and the fraction of the direct cost at which it is worth its error. */
const LEAST = 8;
const WORTH = 0.9;
/** What it costs to read an element of the transformed kernel, which is larger than caches, in steps; alone in vectors. */
const READ_COST = { one: 0.5, many: 1.5 } as const;
/** What it costs to see that the kernel has not changed, in steps for each of its channels in and out. */
const DIGEST_COST = 6;

/** Steps that F(m×m, 3×3) takes for a call of so many samples, transforms included; a step multiplies four numbers. */
function cost(m: 2 | 4, { C, O, P }: Geometry, samples: number): number {
  const vectors = Math.ceil((samples * Math.ceil(P[1] / m) * Math.ceil(P[2] / m)) / 4);
  const read = vectors === 1 ? READ_COST.one : READ_COST.many;
  return ((vectors + read) * (m + 2) ** 2 + DIGEST_COST) * C * O + vectors * TRANSFORM_COST[m] * (C + O);
}

const directCost = ({ C, O, P }: Geometry, samples: number): number => (9 * C * O * samples * product(P)) / 4;

/** Whether a call has the form that Winograd's algorithms are for: 3×3 taps next to each other, on one plane. */
const applies = ({ X, R, P, stride, dilation, spread }: Geometry): boolean =>
  spread === undefined &&
  X[0] === 1 &&
  P[0] === 1 &&
  R[0] === 1 &&
  [1, 2].every((i) => R[i] === 3 && stride[i] === 1 && dilation[i] === 1);

const whole = (n: number, unit: number): number => Math.ceil(n / unit) * unit;

/**
 * How a call is computed by Winograd's algorithm; undefined where sums of products are faster.
 * @param least channels, of input and of output, from which on it is used whatever it costs
 */
export function winogradPlan(geometry: Geometry, samples: number, least?: number): WinogradPlan | undefined {
  const { C, O, P } = geometry;
  if (!applies(geometry) || C < (least ?? LEAST) || O < (least ?? LEAST)) return undefined;
  const m = cost(2, geometry, samples) <= cost(4, geometry, samples) ? 2 : 4;
  if (least === undefined && cost(m, geometry, samples) > WORTH * directCost(geometry, samples)) return undefined;
  const squares = [Math.ceil(P[1] / m), Math.ceil(P[2] / m)] as const;
  const vectors = Math.ceil((samples * squares[0] * squares[1]) / 4);
  const inBlock = Math.min(vectors, BLOCK_VECTORS);
  const blocks = Math.ceil(vectors / inBlock);
  const lanesAre = vectors === 1 ? "channels" : "squares";
  const kernels = Math.min(whole(O, TILE), whole(Math.ceil((O * blocks) / ITEMS), togetherOf({ lanesAre })));
  const width = squares[1] * m + 2;
  return {
    m,
    n: m === 2 ? 4 : 6,
    squares,
    height: squares[0] * m + 2,
    width,
    pitch: whole(width, 4) + 4,
    lanes: 4 * inBlock,
    lanesAre,
    kernels,
    chunks: Math.ceil(O / kernels),
  };
}

/** Output channels whose products are made together. */
export const togetherOf = ({ lanesAre }: Pick<WinogradPlan, "lanesAre">): number =>
  lanesAre === "channels" ? 2 * TILE : TILE;

/** From a channel of the padded input to the next, in elements. */
export const planeOf = ({ height, pitch }: Padded): number => height * pitch + 16;

/**
 * From one of the n² elements of TILE output channels of the transformed kernel to the next: apart, so that they share
 * no cache set, where the transform writes to all of them in turn.
 */
export const kernelPitch = (C: number): number => TILE * C + 16;

/**
 * The transformed kernel U [O / TILE][n²][C][TILE], in elements: the products read it from beginning to end. The last
 * output channels are filled up with copies.
 */
export const kernelSize = ({ n }: WinogradPlan, C: number, O: number): number =>
  Math.ceil(O / TILE) * n * n * kernelPitch(C);

/** From one element of the transform of the input to the next, [n²][C][lanes]; apart, so that they share no cache set. */
export const inputPitch = ({ lanes }: WinogradPlan, C: number): number => C * lanes + 16;
