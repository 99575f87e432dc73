import type { Axes } from "../clause.ts";

/** A text with # for the number of an axis, written out for each spatial axis. */
export type Each = (text: string, separator?: string) => string;

const numbers = [1, 2, 3] as const satisfies readonly Axes[];

const eachOf =
  (axes: Axes): Each =>
  (text, separator = ", ") =>
    numbers
      .slice(0, axes)
      .map((axis) => text.replaceAll("#", String(axis)))
      .join(separator);

/** One formula for each number of spatial axes. */
export const perAxes = (formula: (each: Each, axes: Axes) => string): Readonly<Record<Axes, string>> => ({
  1: formula(eachOf(1), 1),
  2: formula(eachOf(2), 2),
  3: formula(eachOf(3), 3),
});

/** How the cells of a window are indexed: the one in question, and any other by its own index. */
export interface Cells {
  /** The tensor with its leading indices, such as `V[n, c, `. */
  readonly tensor: string;
  /** The cell in question on one axis. */
  readonly self: string;
  /** Any cell of the window on one axis. */
  readonly other: string;
  /** The index of any cell. */
  readonly index: string;
  /** Its range. */
  readonly from: string;
  readonly to: string;
  /** One before the value of the index that gives the cell in question. */
  readonly before: string;
}

/**
 * That a cell wins its window: it is the largest, and no cell before it in row-major order is as large.
 * Before it are those that come before it on one axis, stand beside it on the axes before, and anywhere on those after.
 */
export function wins(each: Each, axes: Axes, { tensor, self, other, index, from, to, before }: Cells): string {
  const own = `${tensor}${each(self)}]`;
  const largest = `${own} == Max(${tensor}${each(other)}], ${each(`${index}=${from}:${to}`)})`;
  const earlier = numbers.slice(0, axes).map((axis) => {
    const at = (text: string, place: number) => text.replaceAll("#", String(place));
    const cell = numbers.slice(0, axes).map((place) => at(place < axis ? self : other, place));
    const ranges = numbers
      .slice(axis - 1, axes)
      .map((place) => at(`${index}=${from}:${place === axis ? before : to}`, place));
    return `Count(${tensor}${cell.join(", ")}] == ${own}, ${ranges.join(", ")})`;
  });
  return `${largest}, ${earlier.join(" + ")} == 0`;
}
