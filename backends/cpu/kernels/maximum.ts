import { type Code, f32x4, type Local, v128 } from "../wasm/index.ts";

/**
 * The greater of each two lanes: NaN where either is NaN, and −0 where zeros differ in sign. Three instructions, where V8
 * on x64 takes eight for f32x4.max. The two ways round differ where one is NaN, which `or` keeps, or of such zeros.
 */
export const maximum = (a: Local, b: Local): Code => v128.or(f32x4.pmax(a, b), f32x4.pmax(b, a));
