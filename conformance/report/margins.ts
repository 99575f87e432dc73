import { fromJson } from "../fixture.ts";
import type { CheckRecord } from "./report.ts";

/** The scale of a margin strip: margins below its lower end, exact results among them, stand at it. */
const lowest = -6;
const highest = 2;
const width = 320;
const inset = 8;

/** The place of a margin on the strip, on a logarithmic scale. */
export function placeOf(margin: number): number {
  const log = margin > 0 ? Math.log10(margin) : lowest;
  const clamped = Math.min(Math.max(log, lowest), highest);
  return Math.round((inset + ((clamped - lowest) / (highest - lowest)) * (width - 2 * inset)) * 10) / 10;
}

/** What a strip shows: a tick for each distinct place, and the worst of all. */
export interface Strip {
  readonly width: number;
  readonly ticks: readonly number[];
  readonly worst: { readonly at: number; readonly margin: number };
  /** Where the allowed error ends. */
  readonly limit: number;
}

/** The margins of a group of checks; undefined where nothing was compared. */
export function stripOf(checks: readonly CheckRecord[]): Strip | undefined {
  const margins = checks.flatMap(({ margin }) => (margin === null ? [] : [fromJson(margin)]));
  if (margins.length === 0) return undefined;
  const worst = margins.reduce((a, b) => Math.max(a, b));
  return {
    width,
    ticks: [...new Set(margins.map(placeOf))].sort((a, b) => a - b),
    worst: { at: placeOf(worst), margin: worst },
    limit: placeOf(1),
  };
}

/** The marks under the strips, as powers of ten. */
export const scale: readonly { readonly at: number; readonly label: string }[] = [-6, -4, -2, 0, 2].map((power) => ({
  at: placeOf(10 ** power),
  label: power === 0 ? "1" : power === lowest ? "≤ 10⁻⁶" : power === highest ? "≥ 100" : power === -2 ? "0.01" : "10⁻⁴",
}));
