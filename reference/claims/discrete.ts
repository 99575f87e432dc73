import { support } from "../arithmetics/support.ts";
import { elements, embed } from "../tensor.ts";
import { applied, integers, kernelLayer, line, numbers, single } from "./calls.ts";
import { all, type Claim, equal, range } from "./claim.ts";

/** A sequence on all integers: the stored values from 0 on, zero elsewhere. */
const sequence =
  (stored: readonly number[]) =>
  (at: number): number =>
    stored[at] ?? 0;

/** CONV-2 and CONV-4: what becomes of a sum over all integers. */
export const discreteClaims: readonly Claim[] = [
  {
    id: "discrete/finite-sum",
    clause: "CONV-2",
    title:
      "the sum over all integers, cut off far from the data, is the sum over stored values, and zero where those give none",
    holds: () => {
      const [I, K] = [integers("discrete/x", [6]), integers("discrete/w", [4])];
      const [x, w] = [sequence(numbers(I)), sequence(numbers(K))];
      const s = sequence(applied("convolve", single(I), single(K), { padding: "full" }));
      const everywhere = (t: number) => range(-50, 50).reduce((sum, a) => sum + x(a) * w(t - a), 0);
      return all(
        range(-20, 20).map((t) => everywhere(t) === s(t)),
        "times",
      );
    },
  },
  {
    id: "discrete/extent",
    clause: "CONV-2",
    title: "stored values of the convolution of 6 and 4 values",
    holds: () => equal(9, applied("convolve", line(1, 2, 3, 4, 5, 6), line(1, 2, 3, 4), { padding: "full" }).length),
  },
  {
    id: "discrete/kernel-ranges-vary-less",
    clause: "CONV-4",
    title:
      "of 8 outputs under a kernel of 3: different ranges of the kernel's index, and of the input's, that are valid",
    holds: () => {
      const [V, K] = [integers("discrete/V", [10]), integers("discrete/K", [3])];
      const outputs = elements(kernelLayer(support, "convolve", embed(support, "V", single(V)), single(K)));
      const different = (tensor: string) =>
        new Set(outputs.map((at) => String([...(at.get(tensor) ?? [])].sort()))).size;
      return equal([1, 8], [different("K"), different("V")]);
    },
  },
];
