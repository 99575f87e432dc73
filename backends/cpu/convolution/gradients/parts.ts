import type { Scope } from "../../runtime/scope.ts";
import { COMBINED, combine } from "./kernels/combine.ts";

/** Bytes from one part of so many elements to the next. */
export const partPitch = (elements: number): number => Math.ceil((4 * elements) / 64) * 64;

/** Sums over parts of the positions, each part of so many elements, to be added up in Z. */
interface Parts {
  readonly sums: number;
  readonly parts: number;
  readonly elements: number;
  readonly Z: number;
}

/** Z = the sum of all parts, first to last; nothing where there is one part, which is Z itself. */
export function combineParts(scope: Scope, { sums, parts, elements, Z }: Parts): void {
  if (parts === 1) return;
  const kernel = scope.kernel("combine", () => [combine()]);
  const items = Math.ceil(elements / COMBINED);
  scope.run(kernel, "combine", { items, grain: Math.ceil(32 / parts) }, sums, partPitch(elements), parts, Z);
}
