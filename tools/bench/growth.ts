import type { Cell } from "./cell.ts";
import { convolution } from "./layers.ts";
import type { Row } from "./results.ts";
import { exponentOf } from "./statistics.ts";

const powers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => 2 ** (from + at));

/** A series: what grows, and its cells from the smallest to the largest. */
export interface Series {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly cells: readonly Cell[];
}

const series = (name: string, sizes: readonly number[], forward: (size: number) => Cell): Series => ({
  ...{ name, sizes },
  cells: sizes.map(forward),
});

const forward = (layer: string, of: Parameters<typeof convolution>[1]): Cell => convolution(layer, of)[0];

/** The work per multiplication should not depend on how many there are. */
export const direct: readonly Series[] = [
  series("image", powers(4, 10), (n) => forward(`image ${n}`, { V: [1, 16, n, n], K: [16, 16, 3, 3], pad: 1 })),
  series("channels", powers(3, 10), (c) => forward(`channels ${c}`, { V: [1, c, 14, 14], K: [c, c, 3, 3], pad: 1 })),
];

/** A signal under a kernel of half its length: through a transform the work grows as N log N. */
export const transform: Series = series("signal", powers(10, 22), (n) =>
  forward(`signal ${n}`, { V: [1, 1, n], K: [1, 1, n / 2] }),
);

/** The size that a layer of a series has, from its name. */
export const sizeOfLayer = (layer: string): { readonly name: string; readonly size: number } => {
  const [name, size] = layer.split(" ");
  return { name, size: Number(size) };
};

/** The exponent of the time over N log N: 0 where it grows as that. */
export function excess(rows: readonly Row[], backend: string): number | undefined {
  const points = rows.flatMap(({ layer, medianMs, backend: of }): [number, number][] => {
    const { name, size } = sizeOfLayer(layer);
    return of === backend && name === "signal" && medianMs !== undefined
      ? [[size, medianMs / (size * Math.log2(size))]]
      : [];
  });
  return points.length > 2 ? exponentOf(points) : undefined;
}
