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
export const WORDS = 24;

/** Odd, and without a pattern in its bits. */
const MULTIPLIER = 0x9e37_79b1;
/** Vectors that are mixed side by side: the more, the less each waits for its multiplication. */
const STATES = 6;

/**
 * The function `digest`: 768 bits of every chunk of some memory, by which to tell whether its content has changed. A
 * word of the digest mixes every 24th word of the chunk: each step is one-to-one in the word that comes in and in
 * what came before, so that a single change always shows.
 */
export const digest = (): WasmFunction =>
  func(
    "digest",
    { first: "i32", past: "i32", thread: "i32", from: "i32", bytes: "i32", into: "i32" },
    ({ first, past, from, bytes, into }, local) => {
      const [item, at, end, whole] = [local("i32"), local("i32"), local("i32"), local("i32")];
      const states = Array.from({ length: STATES }, () => local("v128"));
      const factor = local("v128");
      const mix = (state: Local, value: Code): Code => [
        state.set(i32x4.mul(v128.xor(state, value), factor)),
        state.set(v128.xor(state, i32x4.shr_u(state, 15))),
      ];
      return [
        factor.set(i32x4.splat(i32.const(MULTIPLIER))),
        forRange(item, first, past, 1, [
          states.map((state, i) => state.set(i32x4.splat(i32.const(i + 1)))),
          at.set(i32.add(from, i32.mul(item, CHUNK))),
          end.set(i32.add(at, CHUNK)),
          whole.set(i32.add(from, bytes)),
          end.set(select(end, whole, i32.lt_u(end, whole))),
          whole.set(i32.sub(end, 16 * STATES - 1)),
          forRange(
            at,
            at,
            whole,
            16 * STATES,
            states.map((state, i) => mix(state, v128.load(at, 16 * i))),
          ),
          forRange(at, at, end, 4, mix(states[0], v128.load32_splat(at))),
          states.map((state, i) => v128.store(i32.add(into, i32.mul(item, 4 * WORDS)), state, 16 * i)),
        ]),
      ];
    },
  );
