import { adversarialLaws } from "./adversarial.ts";
import { denseLaws } from "./dense.ts";
import { elementwiseLaws } from "./elementwise.ts";
import { extentLaws } from "./extents.ts";
import { gridPoolLaws } from "./grid-pool.ts";
import { invarianceLaws } from "./invariance.ts";
import { kernelLaws } from "./kernel.ts";
import { kernelGradientLaws } from "./kernel-gradient.ts";
import type { Law } from "./law.ts";
import { nanLaws } from "./nan.ts";
import { networkLaws } from "./network.ts";
import { normLaws } from "./norm.ts";
import { poolLaws } from "./pool.ts";
import { poolGradientLaws } from "./pool-gradient.ts";
import { referenceLaws } from "./reference.ts";
import { refusalLaws } from "./refusals.ts";
import { separableLaws } from "./separable.ts";
import { statisticsLaws } from "./statistics.ts";
import { unsharedLaws } from "./unshared.ts";

/** Every law of the suite. */
export const laws: readonly Law[] = [
  ...referenceLaws,
  ...kernelLaws,
  ...separableLaws,
  ...kernelGradientLaws,
  ...poolLaws,
  ...poolGradientLaws,
  ...gridPoolLaws,
  ...invarianceLaws,
  ...networkLaws,
  ...unsharedLaws,
  ...elementwiseLaws,
  ...denseLaws,
  ...normLaws,
  ...statisticsLaws,
  ...adversarialLaws,
  ...extentLaws,
  ...nanLaws,
  ...refusalLaws,
];
