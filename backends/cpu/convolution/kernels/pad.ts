import { call, forRange, func, i32, type WasmFunction } from "../../wasm/index.ts";
import type { Block } from "../block.ts";
import { type Geometry, product } from "../geometry.ts";
import { type Padded, planeOf } from "../winograd-plan.ts";
import { BYTES } from "./bytes.ts";
import { fill } from "./fill.ts";

/** The function `pad`: copies planes of the input, with zeros around them up to whole squares. An item is a plane. */
export function pad(geometry: Geometry, plan: Padded): readonly WasmFunction[] {
  const plane: Block = {
    outputs: [1, plan.height - 2, plan.width - 2],
    axes: [
      { count: 1, perOutput: 1, perTap: 1, gathered: false },
      { count: plan.height, perOutput: 1, perTap: 1, gathered: false },
    ],
    segments: { count: 1, apart: 1, length: plan.width },
    columns: [0, 1, 2],
    rowPitch: plan.pitch,
    channelPitch: planeOf(plan),
    size: planeOf(plan),
  };
  const copy = fill("copy", { ...geometry, C: 1 }, plane);
  const main = func(
    "pad",
    { first: "i32", past: "i32", thread: "i32", V: "i32", padded: "i32" },
    ({ first, past, V, padded }, local) => {
      const item = local("i32");
      const at = (base: typeof V, size: number) => i32.add(base, i32.mul(item, size * BYTES));
      return forRange(item, first, past, 1, call(0, at(V, product(geometry.X)), at(padded, planeOf(plan)), 0, 0, 0));
    },
  );
  return [copy, main];
}
