import { f32, forRange, func, i32, type WasmFunction } from "../../../wasm/index.ts";
import type { Geometry, Spread } from "../../geometry.ts";
import { BYTES } from "../../kernels/bytes.ts";

/**
 * The function `scatter`: puts phases that were computed next to each other, from [N, phases, C, …P], where they belong
 * in dV [N, C, …X]. An item is a row of every phase, for one sample and channel.
 * @param offsets table of the places of the first elements of the phases
 */
export function scatter({ O: C, P }: Geometry, { extents: X, step }: Spread, phases: number): WasmFunction {
  const [area, plane] = [P[0] * P[1] * P[2], X[0] * X[1] * X[2]];
  const parameters = { first: "i32", past: "i32", thread: "i32", from: "i32", dV: "i32", offsets: "i32" } as const;
  return func("scatter", parameters, ({ first, past, from, dV, offsets }, local) => {
    const [item, image, row, phase, q2, source, target, places] = Array.from({ length: 8 }, () => local("i32"));
    const q0 = i32.div_u(row, P[1]);
    const q1 = i32.rem_u(row, P[1]);
    const place = i32.add(
      i32.mul(image, plane),
      i32.add(i32.mul(q0, step[0] * X[1] * X[2]), i32.mul(q1, step[1] * X[2])),
    );
    const start = i32.add(
      i32.mul(i32.add(i32.mul(i32.div_u(image, C), phases * C), i32.rem_u(image, C)), area),
      i32.mul(row, P[2]),
    );
    return forRange(item, first, past, 1, [
      row.set(i32.rem_u(item, P[0] * P[1])),
      image.set(i32.div_u(item, P[0] * P[1])),
      source.set(i32.add(from, i32.mul(start, BYTES))),
      places.set(offsets),
      forRange(phase, 0, phases, 1, [
        target.set(i32.add(dV, i32.mul(i32.add(place, i32.load(places)), BYTES))),
        forRange(q2, 0, P[2] * BYTES, BYTES, [
          f32.store(target, f32.load(i32.add(source, q2))),
          target.add(step[2] * BYTES),
        ]),
        source.add(C * area * BYTES),
        places.add(4),
      ]),
    ]);
  });
}
