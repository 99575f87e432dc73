import type { Cell } from "./cell.ts";
import { convolution } from "./layers.ts";
import type { Row } from "./results.ts";
import { ratio } from "./table.ts";

const kernels = [3, 5, 7, 9, 13, 17, 25, 31, 63];
const images = [32, 128, 512];
const channels = [1, 8, 64];

// A quarter of a minute of plain sums at most for the whole of a cell.
const most = 6e9;

const nameOf = (r: number, n: number, c: number): string => `${r}x${r} @${n} channels ${c}`;

/** A square kernel on a square image, from one channel to one or from many to as many. */
export const crossoverCells: readonly Cell[] = channels.flatMap((c) =>
  images.flatMap((n) =>
    kernels
      .filter((r) => r <= n)
      .map((r) => convolution(nameOf(r, n, c), { V: [1, c, n, n], K: [c, c, r, r], pad: (r - 1) / 2 })[0])
      .filter(({ multiplies }) => multiplies <= most),
  ),
);

/** How many times faster the Fourier backend is on one cell. */
export interface Crossing {
  readonly r: number;
  readonly n: number;
  readonly c: number;
  readonly ratio: number;
}

/** The cells that both backends have times for. */
export const crossings = (rows: readonly Row[]): readonly Crossing[] =>
  channels.flatMap((c) =>
    images.flatMap((n) =>
      kernels.flatMap((r) => {
        const of = (backend: string) => rows.find((row) => row.layer === nameOf(r, n, c) && row.backend === backend);
        const times = ratio(of("fft"), of("cpu"));
        return times === undefined ? [] : [{ r, n, c, ratio: times }];
      }),
    ),
  );
