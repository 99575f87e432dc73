import { type Code, call, forRange, i32, type Local, type NewLocal, type WasmFunction } from "../../wasm/index.ts";
import type { Steps } from "../steps.ts";
import { BYTES } from "./bytes.ts";
import { type TileVector, tile, vectorsBeside } from "./tile.ts";

/** Rows of outputs, with the distances from one to the next in elements. */
export interface Rows {
  /** How many outputs a row has. */
  readonly width: number;
  /** From one output of a row to the next. */
  readonly step: number;
  /** Where the input of a row is cut into panels of 8: from one panel to the next. */
  readonly panel?: number;
  /** From a plane to the next, and from a row to the next of the same plane: in the block, and in the output. */
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
}

/** What all tiles of a sweep have in common. */
export interface SweepShape {
  readonly rows: Rows;
  readonly steps: Steps;
  readonly kernelPitch: number;
  readonly outputPitch: number;
  readonly bias: boolean;
  readonly relaxed: boolean;
  /** As of a tile. */
  readonly alternate: boolean;
}

/** Where a sweep begins. */
export interface SweepPointers {
  readonly input: Local;
  readonly weight: Local;
  readonly bias: Local;
  readonly output: Local;
  readonly notFinite: Local;
}

/** Tiles side by side that only differ in where they begin. */
interface Run {
  readonly vectors: readonly TileVector[];
  readonly input: number;
  readonly output: number;
  readonly count: number;
  readonly stepInput: number;
  readonly stepOutput: number;
}

/** The vectors of some neighbouring rows, the last of each row moved back so that it does not reach past the end. */
function vectorsOf({ width, step, panel, input, output }: Rows, rows: number): TileVector[] {
  if (panel !== undefined)
    return Array.from({ length: Math.ceil(width / 4) }, (_, j) => ({
      input: Math.floor(j / 2) * panel + (j % 2) * 4,
      output: 4 * j,
      lanes: Math.min(4, width - 4 * j),
    }));
  const starts = Array.from({ length: Math.ceil(width / 4) }, (_, j) => Math.min(4 * j, Math.max(0, width - 4)));
  return Array.from({ length: rows }, (_, y) =>
    starts.map((start) => ({
      input: y * input[1] + start,
      output: y * output[1] + start * step,
      lanes: Math.min(4, width),
      step,
    })),
  ).flat();
}

/** Cuts vectors into tiles, and joins those that look the same and are evenly spaced. */
function runsOf(vectors: readonly TileVector[], perTile: number): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < vectors.length; at += perTile) {
    const [first, ...others] = vectors.slice(at, at + perTile);
    const relative = [first, ...others].map((vector) => ({
      ...vector,
      input: vector.input - first.input,
      output: vector.output - first.output,
    }));
    const last = runs[runs.length - 1];
    const stepInput = last ? first.input - last.input - (last.count - 1) * last.stepInput : 0;
    const stepOutput = last ? first.output - last.output - (last.count - 1) * last.stepOutput : 0;
    const same = last && JSON.stringify(last.vectors) === JSON.stringify(relative);
    const even = last?.count === 1 || (stepInput === last?.stepInput && stepOutput === last.stepOutput);
    if (same && even) runs[runs.length - 1] = { ...last, count: last.count + 1, stepInput, stepOutput };
    else runs.push({ vectors: relative, ...first, count: 1, stepInput: 0, stepOutput: 0 });
  }
  return runs;
}

/** How many rows are worth cutting into tiles together: as many as leave few vectors over. */
function rowsTogether(perRow: number, perTile: number): number {
  const waste = (rows: number): number => (Math.ceil((rows * perRow) / perTile) * perTile) / (rows * perRow);
  const most = Math.max(1, Math.min(perTile, Math.ceil(24 / perRow)));
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  return counts.reduce((best, rows) => (waste(rows) < waste(best) ? rows : best), 1);
}

/** Collects tile functions, each made once, and calls them by their place among the functions of the module. */
export class Tiles {
  readonly functions: WasmFunction[] = [];
  readonly #shape: SweepShape;
  readonly #places = new Map<string, number>();
  readonly #offset: number;

  /** @param offset how many functions stand before the tiles in the module */
  constructor(shape: SweepShape, offset: number) {
    this.#shape = shape;
    this.#offset = offset;
  }

  place(kernels: number, vectors: readonly TileVector[]): number {
    const key = JSON.stringify([kernels, vectors]);
    const place = this.#places.get(key) ?? this.functions.length;
    if (place === this.functions.length) {
      const { rows: _, ...shape } = this.#shape;
      this.functions.push(tile(`tile${kernels}x${vectors.length}_${place}`, { ...shape, kernels, vectors }));
      this.#places.set(key, place);
    }
    return this.#offset + place;
  }
}

/**
 * Computes, for `kernels` output channels, all outputs of `planes` × `rows` rows.
 * @param count how many planes and rows there are
 */
export function sweep(
  tiles: Tiles,
  shape: SweepShape,
  kernels: number,
  { input, weight, bias, output, notFinite }: SweepPointers,
  count: readonly [planes: Local, rows: Local],
  local: NewLocal,
): Code {
  const { rows } = shape;
  const [p, y, x] = [local("i32"), local("i32"), local("i32")];
  const [rowInput, rowOutput] = [local("i32"), local("i32")];
  const perTile = vectorsBeside(kernels, shape.relaxed);
  const together = rowsTogether(Math.ceil(rows.width / 4), perTile);
  const tileAt = (place: number, i: Code, o: Code): Code => call(place, i, weight, bias, o, notFinite);
  const run = ({ vectors, input: i, output: o, count: n, stepInput, stepOutput }: Run): Code => {
    const place = tiles.place(kernels, vectors);
    const start = (base: Local, by: number): Code => i32.add(base, by * BYTES);
    if (n === 1) return tileAt(place, start(rowInput, i), start(rowOutput, o));
    const moved = (base: Local, by: number, step: number): Code => i32.add(start(base, by), i32.mul(x, step * BYTES));
    return forRange(x, 0, n, 1, tileAt(place, moved(rowInput, i, stepInput), moved(rowOutput, o, stepOutput)));
  };
  const runs = (rowCount: number): Code => runsOf(vectorsOf(rows, rowCount), perTile).map(run);
  const place = (base: Local, [perRow, perPlane]: readonly [number, number]): Code =>
    i32.add(base, i32.add(i32.mul(p, perPlane * BYTES), i32.mul(y, perRow * BYTES)));
  const at = (code: Code): Code => [
    rowInput.set(place(input, [rows.input[1], rows.input[0]])),
    rowOutput.set(place(output, [rows.output[1], rows.output[0]])),
    code,
  ];
  const wholes = local("i32");
  return forRange(p, 0, count[0], 1, [
    y.set(0),
    together === 1
      ? []
      : [wholes.set(i32.sub(count[1], together - 1)), forRange(y, y, wholes, together, at(runs(together)))],
    forRange(y, y, count[1], 1, at(runs(1))),
  ]);
}
