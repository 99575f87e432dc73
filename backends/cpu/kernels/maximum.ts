import { type Code, f32x4, type Local, v128 } from "../wasm/index.ts";

/**
 * The greater of each two lanes: NaN where either is NaN, and of zeros +0. What f32x4.max gives but for the bits of a
 * NaN, for which V8 on x64 takes eight instructions; here it is five, as the compiler computes `ab` and `ba` once. They
 * differ where one is NaN, which `or` keeps, and where zeros differ in sign: −0 − (−0) is +0.
 */
export function maximum(a: Local, b: Local): Code {
  const [ab, ba] = [f32x4.pmax(a, b), f32x4.pmax(b, a)];
  return f32x4.sub(v128.or(ab, ba), v128.xor(ab, ba));
}
