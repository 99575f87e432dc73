import { f32, f32x4, forRange, func, i32, v128, type WasmFunction } from "../../../wasm/index.ts";
import { BYTES } from "../../kernels/bytes.ts";

/**
 * The function `paint`: fills planes with the bias of their channel, or with zeros. An item is a plane of dV [N, C, …X].
 * @param size elements of a plane
 */
export function paint(channels: number, size: number, biased: boolean): WasmFunction {
  const parameters = { first: "i32", past: "i32", thread: "i32", b: "i32", dV: "i32" } as const;
  return func("paint", parameters, ({ first, past, b, dV }, local) => {
    const [item, at, target] = [local("i32"), local("i32"), local("i32")];
    const [color, colors] = [local("f32"), local("v128")];
    return forRange(item, first, past, 1, [
      color.set(biased ? f32.load(i32.add(b, i32.mul(i32.rem_u(item, channels), BYTES))) : f32.const(0)),
      colors.set(f32x4.splat(color)),
      target.set(i32.add(dV, i32.mul(item, size * BYTES))),
      forRange(at, 0, size - 15, 16, [
        [0, 16, 32, 48].map((offset) => v128.store(target, colors, offset)),
        target.add(64),
      ]),
      forRange(at, at, size, 1, [f32.store(target, color), target.add(BYTES)]),
    ]);
  });
}
