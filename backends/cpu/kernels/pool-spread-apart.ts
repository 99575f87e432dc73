import { f32x4, func, v128, type WasmFunction } from "../wasm/index.ts";
import { type Apart, rowsApart, rowsWithin } from "./apart.ts";
import { pick } from "./strided.ts";

/**
 * For windows side by side: one item is a row of windows, the error of each of which is divided, if it is, and
 * written to all elements of the window. Every element of the gradient is written once.
 */
export function poolSpreadApart(apart: Apart, divides: boolean): WasmFunction {
  const { R } = apart;
  const size = R[0] * R[1] * R[2];
  return func("spread", { first: "i32", past: "i32", thread: "i32", G: "i32", dV: "i32" }, (at, local) => {
    const [error, divisor] = [local("v128"), local("v128")];
    const wide = Array.from({ length: R[2] }, () => local("v128"));
    const held = [{ vector: error, elements: [0, 1, 2, 3] }];
    return [
      divisor.set(v128.f32([size, size, size, size])),
      rowsApart(apart, at, local, 2, ({ errors, target }, turn) => [
        error.set(divides ? f32x4.div(v128.load(errors, 16 * turn), divisor) : v128.load(errors, 16 * turn)),
        wide.map((vector, v) =>
          pick(
            held,
            [0, 1, 2, 3].map((lane) => Math.floor((4 * v + lane) / R[2])),
            vector,
          ),
        ),
        rowsWithin(apart).map((row) =>
          wide.map((vector, v) => v128.store(target, vector, row + 16 * (R[2] * turn + v))),
        ),
      ]),
    ];
  });
}
