/**
 * The portable generator of test data: 32-bit unsigned arithmetic, so that any language can
 * draw the same numbers from a seed and a case id.
 *
 *   state₀ = seed xor FNV-1a-32(UTF-8 bytes of the id)
 *   stateᵢ = stateᵢ₋₁ + 0x9E3779B9             (mod 2³²)
 *   drawᵢ  = the finaliser of MurmurHash3 applied to stateᵢ
 *
 * An integer of [low, high] is low + draw mod (high − low + 1).
 */
export interface Random {
  /** The next 32-bit draw. */
  next(): number;
  /** An integer of [low, high], both included. */
  integer(low: number, high: number): number;
}

const fnv1a = (text: string): number =>
  new TextEncoder().encode(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);

const finalise = (state: number): number => {
  let h = state;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

export function random(seed: number, id: string): Random {
  let state = (seed ^ fnv1a(id)) >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    return finalise(state);
  };
  return { next, integer: (low, high) => low + (next() % (high - low + 1)) };
}
