import type { Check, Kind } from "../check.ts";

/** How many checks the suite is known to have: what conformance/manifest.json holds. */
export interface Manifest {
  readonly checks: { readonly total: number; readonly byKind: Partial<Readonly<Record<Kind, number>>> };
}

/** What is missing from a suite by its manifest, a line each: a check that is lost is lost in silence. */
export function missingFrom(checks: readonly Check[], { checks: { total, byKind } }: Manifest): string[] {
  const kinds = Object.entries(byKind) as [Kind, number][];
  const found = (kind: Kind) => checks.filter((check) => check.kind === kind).length;
  return [
    ...(checks.length < total ? [`the suite has ${checks.length} checks, its manifest says ${total}`] : []),
    ...kinds
      .filter(([kind, expected]) => found(kind) < expected)
      .map(([kind, expected]) => `the suite has ${found(kind)} checks of kind ${kind}, its manifest says ${expected}`),
  ];
}
