import { random, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import type { Cell } from "./cell.ts";
import { formulas } from "./formulas.ts";

/** One element of the result, summed in f64 by the formula. */
export interface Element {
  readonly value: number;
  /** Σ|x||w| of its terms. */
  readonly bound: number;
  /** How many terms it has. */
  readonly terms: number;
}

/** The element of a cell's output at an index, from the inputs. */
export type Formula = (inputs: Readonly<Record<string, Tensor>>, cell: Cell) => (at: readonly number[]) => Element;

/** Elements that are compared, by their flat positions in the output. */
export interface Expected {
  readonly positions: readonly number[];
  readonly elements: readonly Element[];
}

/** Where a flat position of a row-major tensor is. */
export function indexOf(position: number, shape: Shape): number[] {
  const index = shape.map(() => 0);
  let rest = position;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

// What keeps the check of the largest layer to about a second.
const mostTerms = 3e7;
const [fewest, most] = [48, 4096];

/** Flat positions: all, or the first, the last and a random sample that ends in every residue of a tile. */
export function sample(id: string, size: number, terms: number): readonly number[] {
  const count = Math.max(fewest, Math.min(most, Math.floor(mostTerms / terms)));
  if (count >= size) return Array.from({ length: size }, (_, at) => at);
  const draws = random(1, id);
  const drawn = new Set([0, size - 1]);
  while (drawn.size < count) drawn.add(draws.next() % size);
  return [...drawn].sort((a, b) => a - b);
}

/** The expected elements of a cell, each summed in f64. */
export function expected(cell: Cell, inputs: Readonly<Record<string, Tensor>>): Expected {
  const { shape } = cell.output;
  const positions = sample(`${cell.layer} ${cell.operation}`, sizeOf(shape), cell.multiplies / sizeOf(shape));
  const formula = formulas[cell.operator];
  if (!formula) throw new Error(`no formula is written down for ${cell.operator}: enter it in tools/bench/formulas.ts`);
  const at = formula(inputs, cell);
  return { positions, elements: positions.map((position) => at(indexOf(position, shape))) };
}
