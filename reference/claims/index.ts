import type { Claim } from "./claim.ts";
import { continuousClaims } from "./continuous.ts";
import { costClaims } from "./cost.ts";
import { denseClaims } from "./dense.ts";
import { discreteClaims } from "./discrete.ts";
import { equiClaims } from "./equi.ts";
import { fieldClaims } from "./field.ts";
import { fourierClaims } from "./fourier.ts";
import { matrixClaims } from "./matrix.ts";
import { networkClaims } from "./network.ts";
import { separableClaims } from "./separable.ts";
import { unsharedClaims } from "./unshared.ts";

export type { Claim, Outcome } from "./claim.ts";
export { type VerifiedErratum, verifiedErrata } from "./errata.ts";

/** Every statement of the spec that no operator computes, with both its sides. To add a file of claims, name it here. */
export const claims: readonly Claim[] = [
  ...continuousClaims,
  ...discreteClaims,
  ...matrixClaims,
  ...fourierClaims,
  ...separableClaims,
  ...costClaims,
  ...fieldClaims,
  ...equiClaims,
  ...denseClaims,
  ...unsharedClaims,
  ...networkClaims,
];
