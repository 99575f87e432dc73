import type { Representation, Value } from "./complex.ts";
import type { Code } from "./encode.ts";

export const radices = [2, 3, 4, 5] as const;
export type Radix = (typeof radices)[number];

/** The values beside its inputs that a butterfly needs. */
export const spareValues: Readonly<Record<Radix, number>> = { 2: 1, 3: 2, 4: 3, 5: 6 };

const [sin60, sin72, sin144] = [Math.sqrt(3) / 2, Math.sin((2 * Math.PI) / 5), Math.sin((4 * Math.PI) / 5)];
const [cos72, cos144] = [Math.cos((2 * Math.PI) / 5), Math.cos((4 * Math.PI) / 5)];

/**
 * The discrete Fourier transform of r values, Y[j] = Σ_q X[q]·e^(sign·2πi·jq/r).
 * @returns the code, and where Y stands afterwards: in the locals of X and the spare ones, in some order
 */
export function butterfly(
  c: Representation,
  radix: Radix,
  x: readonly Value[],
  spare: readonly Value[],
  sign: 1 | -1,
): { readonly code: Code; readonly y: readonly Value[] } {
  const opposite = sign === 1 ? -1 : 1;
  switch (radix) {
    case 2:
      return { code: [...c.add(spare[0], x[0], x[1]), ...c.sub(x[1], x[0], x[1])], y: [spare[0], x[1]] };
    case 3: {
      const [sum, middle] = spare;
      const code = [
        ...c.add(sum, x[1], x[2]),
        ...c.sub(x[2], x[1], x[2]),
        ...c.scale(x[2], x[2], sin60),
        ...c.scale(middle, sum, -0.5),
        ...c.add(middle, middle, x[0]),
        ...c.add(x[0], x[0], sum),
        ...c.addTurned(x[1], middle, x[2], sign),
        ...c.addTurned(sum, middle, x[2], opposite),
      ];
      return { code, y: [x[0], x[1], sum] };
    }
    case 4: {
      const [even, odd, turned] = spare;
      const code = [
        ...c.add(even, x[0], x[2]),
        ...c.sub(x[0], x[0], x[2]),
        ...c.add(odd, x[1], x[3]),
        ...c.sub(x[1], x[1], x[3]),
        ...c.addTurned(turned, x[0], x[1], sign),
        ...c.addTurned(x[2], x[0], x[1], opposite),
        ...c.add(x[0], even, odd),
        ...c.sub(x[3], even, odd),
      ];
      return { code, y: [x[0], turned, x[3], x[2]] };
    }
    case 5: {
      const [sum1, sum2, near, far, part, turned] = spare;
      // near and far are the even parts of Y[1], Y[4] and Y[2], Y[3]; the odd ones come after.
      const code = [
        ...c.add(sum1, x[1], x[4]),
        ...c.sub(x[1], x[1], x[4]),
        ...c.add(sum2, x[2], x[3]),
        ...c.sub(x[2], x[2], x[3]),
        ...c.scale(near, sum1, cos72),
        ...c.scale(part, sum2, cos144),
        ...c.add(near, near, part),
        ...c.add(near, near, x[0]),
        ...c.scale(far, sum1, cos144),
        ...c.scale(part, sum2, cos72),
        ...c.add(far, far, part),
        ...c.add(far, far, x[0]),
        ...c.add(x[0], x[0], sum1),
        ...c.add(x[0], x[0], sum2),
        ...c.scale(sum1, x[1], sin72),
        ...c.scale(part, x[2], sin144),
        ...c.add(sum1, sum1, part),
        ...c.scale(sum2, x[1], sin144),
        ...c.scale(part, x[2], sin72),
        ...c.sub(sum2, sum2, part),
        ...c.addTurned(x[1], near, sum1, sign),
        ...c.addTurned(x[4], near, sum1, opposite),
        ...c.addTurned(turned, far, sum2, sign),
        ...c.addTurned(x[3], far, sum2, opposite),
      ];
      return { code, y: [x[0], x[1], turned, x[3], x[4]] };
    }
  }
}
