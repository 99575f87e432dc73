import type { Backend } from "../../spec/index.ts";

const maximum = { choices: { nan: "propagate", "signed-zero": "positive" } } as const;
const winner = { choices: { nan: "propagate", ties: "first" } } as const;

/** What the backend is held to. WGSL lets a device take subnormals as zero. */
export const declares: NonNullable<Backend["declares"]> = {
  algorithm: "direct",
  accumulation: "f32",
  flushesSubnormals: true,
  operators: {
    "max-pool": maximum,
    "adaptive-max-pool": maximum,
    "channel-pool": maximum,
    "max-pool-winners": winner,
    "max-pool-gradient": winner,
    "adaptive-max-pool-gradient": winner,
    "channel-pool-gradient": winner,
    relu: maximum,
    "relu-gradient": { choices: { nan: "pass", stopped: "zero" } },
  },
};
