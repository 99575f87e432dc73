import { type Code, type Local, v128 } from "../../wasm/index.ts";

/** From one f32 to the next. */
export const BYTES = 4;

/** Stores the first `lanes` lanes, 1 to 4, `step` elements apart. */
export function storeLanes(
  address: Local,
  vector: Local,
  { lanes, step = 1 }: { readonly lanes: number; readonly step?: number },
  offset: number,
): Code {
  if (step !== 1)
    return Array.from({ length: lanes }, (_, i) => v128.store32_lane(address, vector, i, offset + i * step * BYTES));
  return lanes === 4
    ? v128.store(address, vector, offset)
    : [
        lanes >= 2 ? v128.store64_lane(address, vector, 0, offset) : [],
        lanes % 2 === 1 ? v128.store32_lane(address, vector, lanes - 1, offset + (lanes - 1) * BYTES) : [],
      ];
}
