import { kmeans } from "ml-kmeans";
import { random } from "../../spec/index.ts";
import type { NamedKernel } from "./kernel.ts";

const seed = 2_007;
const id = "kernels/clusters";
const side = 48;
const strokes = 60;
const width = 5;
const clusters = 6;

type Image = readonly (readonly number[])[];

/** A dark image with bright strokes across, down and along both diagonals, of 6 to 12 cells. */
function drawImage(): Image {
  const { integer } = random(seed, id);
  const image = Array.from({ length: side }, () => Array<number>(side).fill(0));
  const directions = [
    [0, 1],
    [1, 0],
    [1, 1],
    [1, -1],
  ];
  for (let stroke = 0; stroke < strokes; stroke++) {
    const [down, right] = directions[integer(0, 3)];
    const [row, column, length] = [integer(0, side - 1), integer(0, side - 1), integer(6, 12)];
    for (let at = 0; at < length; at++) {
      const [i, j] = [row + at * down, column + at * right];
      if (i < side && j >= 0 && j < side) image[i][j] = 1;
    }
  }
  return image;
}

/** The patch at a place without its mean; undefined where nothing is in it. */
function patchAt(image: Image, row: number, column: number): number[] | undefined {
  const cells = image.slice(row, row + width).flatMap((line) => line.slice(column, column + width));
  const mean = cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
  return mean === 0 ? undefined : cells.map((cell) => cell - mean);
}

/** The centres of the clusters of the patches of an image, which look like what the image is made of. */
export function clusteredKernels(): readonly NamedKernel[] {
  const image = drawImage();
  const starts = Array.from({ length: side - width + 1 }, (_, at) => at);
  const patches = starts.flatMap((row) => starts.flatMap((column) => [patchAt(image, row, column) ?? []]));
  const { centroids } = kmeans(
    patches.filter((patch) => patch.length > 0),
    clusters,
    { seed, initialization: "kmeans++", maxIterations: 300 },
  );
  return [
    {
      name: "clustered-patches",
      title: `the centres of ${clusters} clusters of small patches of an image of strokes`,
      source: "003, Untrained Kernels",
      formula:
        `k-means (ml-kmeans) on the ${width} × ${width} patches, less their mean, of an image of ${strokes} strokes on ` +
        `${side} × ${side} cells; each value rounded once to f32`,
      parameters: { seed, id, clusters },
      shape: [clusters, 1, width, width],
      values: centroids.flat().map(Math.fround),
    },
  ];
}
