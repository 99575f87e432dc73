import type { Triple } from "../plain/volume.ts";
import { type Code, i32, type Local } from "../wasm/index.ts";

/** Sets `start` to the bytes from the first element of all planes to that of an item, a row of windows without padding. */
export function setRowStart(start: Local, item: Local, X: Triple, P: Triple, stride: Triple): Code {
  // Planes that windows fill, as of images of even height, follow each other like their rows.
  const even = stride[0] === 1 && P[0] === X[0] && P[1] * stride[1] === X[1];
  if (even) return start.set(i32.mul(item, 4 * X[2] * stride[1]));
  return [
    start.set(i32.mul(i32.div_u(item, P[0] * P[1]), X[0] * X[1])),
    start.set(i32.add(start, i32.mul(i32.rem_u(i32.div_u(item, P[1]), P[0]), stride[0] * X[1]))),
    start.set(i32.add(start, i32.mul(i32.rem_u(item, P[1]), stride[1]))),
    start.set(i32.mul(start, 4 * X[2])),
  ];
}
