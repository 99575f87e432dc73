import { type Code, f32x4, type Local, type NewLocal, v128 } from "../../wasm/index.ts";

/** One axis of a transform: n (or m) new values from the old, lane by lane. */
export type AxisMap = (
  values: readonly Local[],
  local: NewLocal,
) => { readonly code: Code; readonly results: readonly Code[] };

/**
 * The maps of F(m, 3), one axis each: BᵀdB of the input, GgGᵀ of the kernel, AᵀmA of the products; and the transposes of
 * the latter two, for the gradient of the kernel: AgAᵀ of the output's gradient, GᵀmG of the products.
 */
export interface WinogradMaps {
  readonly input: AxisMap;
  readonly kernel: AxisMap;
  readonly output: AxisMap;
  readonly gradient: AxisMap;
  readonly taps: AxisMap;
}

const { add, sub, mul } = f32x4;
const times = (value: Local | Code, factor: number): Code => mul(value, v128.f32([factor, factor, factor, factor]));

/** F(2, 3): points 0, 1, −1, ∞. */
const two: WinogradMaps = {
  input: ([d0, d1, d2, d3]) => ({
    code: [],
    results: [sub(d0, d2), add(d1, d2), sub(d2, d1), sub(d1, d3)],
  }),
  kernel: ([g0, g1, g2], local) => {
    const [sum, half] = [local("v128"), local("v128")];
    return {
      code: [sum.set(times(add(g0, g2), 0.5)), half.set(times(g1, 0.5))],
      results: [g0.get(), add(sum, half), sub(sum, half), g2.get()],
    };
  },
  output: ([m0, m1, m2, m3]) => ({ code: [], results: [add(add(m0, m1), m2), sub(sub(m1, m2), m3)] }),
  gradient: ([g0, g1]) => ({ code: [], results: [g0.get(), add(g0, g1), sub(g0, g1), f32x4.neg(g1)] }),
  taps: ([m0, m1, m2, m3], local) => {
    const half = local("v128");
    return {
      code: half.set(times(add(m1, m2), 0.5)),
      results: [add(m0, half), times(sub(m1, m2), 0.5), add(half, m3)],
    };
  },
};

/** F(4, 3): points 0, 1, −1, 2, −2, ∞. */
const four: WinogradMaps = {
  input: ([d0, d1, d2, d3, d4, d5], local) => {
    const [even, odd, evens, odds] = [local("v128"), local("v128"), local("v128"), local("v128")];
    return {
      code: [
        even.set(sub(d4, times(d2, 4))),
        odd.set(sub(d3, times(d1, 4))),
        evens.set(sub(d4, d2)),
        odds.set(times(sub(d3, d1), 2)),
      ],
      results: [
        add(sub(times(d0, 4), times(d2, 5)), d4),
        add(even, odd),
        sub(even, odd),
        add(evens, odds),
        sub(evens, odds),
        add(sub(times(d1, 4), times(d3, 5)), d5),
      ],
    };
  },
  kernel: ([g0, g1, g2], local) => {
    const [sum, outer, twelfth, sixth] = [local("v128"), local("v128"), local("v128"), local("v128")];
    return {
      code: [
        sum.set(times(add(g0, g2), -1 / 6)),
        sixth.set(times(g1, 1 / 6)),
        outer.set(add(times(g0, 1 / 24), times(g2, 1 / 6))),
        twelfth.set(times(g1, 1 / 12)),
      ],
      results: [times(g0, 1 / 4), sub(sum, sixth), add(sum, sixth), add(outer, twelfth), sub(outer, twelfth), g2.get()],
    };
  },
  output: ([m0, m1, m2, m3, m4, m5], local) => {
    const [a, b, c, d] = [local("v128"), local("v128"), local("v128"), local("v128")];
    return {
      code: [a.set(add(m1, m2)), b.set(sub(m1, m2)), c.set(add(m3, m4)), d.set(sub(m3, m4))],
      results: [add(add(m0, a), c), add(b, times(d, 2)), add(a, times(c, 4)), add(add(b, times(d, 8)), m5)],
    };
  },
  gradient: ([g0, g1, g2, g3], local) => {
    const [even, odd, evens, odds] = [local("v128"), local("v128"), local("v128"), local("v128")];
    return {
      code: [
        even.set(add(g0, g2)),
        odd.set(add(g1, g3)),
        evens.set(add(g0, times(g2, 4))),
        odds.set(add(times(g1, 2), times(g3, 8))),
      ],
      results: [g0.get(), add(even, odd), sub(even, odd), add(evens, odds), sub(evens, odds), g3.get()],
    };
  },
  taps: ([m0, m1, m2, m3, m4, m5], local) => {
    const [ones, twos] = [local("v128"), local("v128")];
    return {
      code: [ones.set(times(add(m1, m2), 1 / 6)), twos.set(add(m3, m4))],
      results: [
        add(sub(times(m0, 1 / 4), ones), times(twos, 1 / 24)),
        add(times(sub(m2, m1), 1 / 6), times(sub(m3, m4), 1 / 12)),
        add(sub(times(twos, 1 / 6), ones), m5),
      ],
    };
  },
};

export const winogradMaps = { 2: two, 4: four } as const;

/** The four vectors turned into their columns: lane j of vector i becomes lane i of vector j. */
export function transposed([a, b, c, d]: readonly Local[], local: NewLocal): { code: Code; results: readonly Code[] } {
  const [low, lower, high, higher] = [local("v128"), local("v128"), local("v128"), local("v128")];
  const shuffle = v128.shuffle32;
  return {
    code: [
      low.set(shuffle(a, b, [0, 4, 1, 5])),
      lower.set(shuffle(c, d, [0, 4, 1, 5])),
      high.set(shuffle(a, b, [2, 6, 3, 7])),
      higher.set(shuffle(c, d, [2, 6, 3, 7])),
    ],
    results: [
      shuffle(low, lower, [0, 1, 4, 5]),
      shuffle(low, lower, [2, 3, 6, 7]),
      shuffle(high, higher, [0, 1, 4, 5]),
      shuffle(high, higher, [2, 3, 6, 7]),
    ],
  };
}
