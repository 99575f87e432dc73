import { adversarialLaws } from "./adversarial.ts";
import { kernelLaws } from "./kernel.ts";
import { kernelGradientLaws } from "./kernel-gradient.ts";
import type { Law } from "./law.ts";
import { poolLaws } from "./pool.ts";
import { referenceLaws } from "./reference.ts";
import { statisticsLaws } from "./statistics.ts";

/** Every law of the suite. */
export const laws: readonly Law[] = [
  ...referenceLaws,
  ...kernelLaws,
  ...kernelGradientLaws,
  ...poolLaws,
  ...statisticsLaws,
  ...adversarialLaws,
];
