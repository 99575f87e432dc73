import { max, median, min, quantileSorted } from "simple-statistics";

/** The middle of the samples and how far they spread. */
export interface Spread {
  readonly median: number;
  /** The first and third quartile: half of the samples are between them. */
  readonly q1: number;
  readonly q3: number;
  readonly min: number;
  readonly max: number;
  readonly samples: number;
}

/** @throws {Error} where there is no sample */
export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) throw new Error("a median needs at least one sample");
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median: median(sorted),
    q1: quantileSorted(sorted, 0.25),
    q3: quantileSorted(sorted, 0.75),
    min: min(sorted),
    max: max(sorted),
    samples: sorted.length,
  };
}

/** The slope and intercept of the least squares line through points. */
export function exponentOf(points: readonly (readonly [x: number, y: number])[]): number {
  const [xs, ys] = [points.map(([x]) => Math.log(x)), points.map(([, y]) => Math.log(y))];
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, x, at) => sum + (x - meanX) * (ys[at] - meanY), 0);
  return covariance / xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
}
