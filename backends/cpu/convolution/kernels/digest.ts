import {
  type Code,
  forRange,
  func,
  i32,
  i32x4,
  type Local,
  select,
  v128,
  type WasmFunction,
} from "../../wasm/index.ts";

/** Bytes of one item, and words that are made of it. */
export const CHUNK = 65_536;
export const WORDS = 32;

/** Odd, and without a pattern in its bits. */
const MULTIPLIER = 0x9e37_79b1;
/** Parts of a chunk that are read side by side, as memory is faster so, and vectors of each that are mixed apart. */
const PARTS = 4;
const STATES = 2;
const STEP = 16 * STATES;

/**
 * The function `digest`: 1024 bits of every chunk of some memory, by which to tell whether its content has changed. A
 * word of the digest mixes every 32nd word of the chunk: each step is one-to-one in the word that comes in and in
 * what came before, so that a single change always shows.
 */
export const digest = (): WasmFunction =>
  func(
    "digest",
    { first: "i32", past: "i32", thread: "i32", from: "i32", bytes: "i32", into: "i32" },
    ({ first, past, from, bytes, into }, local) => {
      const [item, at, end, whole, part] = Array.from({ length: 5 }, () => local("i32"));
      const parts = Array.from({ length: PARTS }, () => local("i32"));
      const states = parts.map(() => Array.from({ length: STATES }, () => local("v128")));
      const factor = local("v128");
      const mix = (state: Local, value: Code): Code => [
        state.set(i32x4.mul(v128.xor(state, value), factor)),
        state.set(v128.xor(state, i32x4.shr_u(state, 15))),
      ];
      return [
        factor.set(i32x4.splat(i32.const(MULTIPLIER))),
        forRange(item, first, past, 1, [
          states.flat().map((state, i) => state.set(i32x4.splat(i32.const(i + 1)))),
          at.set(i32.add(from, i32.mul(item, CHUNK))),
          end.set(i32.add(at, CHUNK)),
          whole.set(i32.add(from, bytes)),
          end.set(select(end, whole, i32.lt_u(end, whole))),
          part.set(i32.mul(i32.div_u(i32.sub(end, at), PARTS * STEP), STEP)),
          parts.map((start, i) => start.set(i32.add(at, i32.mul(part, i)))),
          whole.set(i32.add(at, part)),
          forRange(parts[0], parts[0], whole, STEP, [
            states.map((row, p) => row.map((state, i) => mix(state, v128.load(parts[p], 16 * i)))),
            parts.slice(1).map((start) => start.add(STEP)),
          ]),
          at.set(parts[PARTS - 1]),
          forRange(at, at, end, 4, mix(states[0][0], v128.load32_splat(at))),
          states.flat().map((state, i) => v128.store(i32.add(into, i32.mul(item, 4 * WORDS)), state, 16 * i)),
        ]),
      ];
    },
  );
