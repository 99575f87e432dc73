import type { Plan } from "./plan.ts";
import { forward, inputGradient, kernelGradient, type Sums } from "./slide.ts";
import { inTiles } from "./tile.ts";
import { shared } from "./weights.ts";

const one = [1, 1, 1] as const;
const none = [0, 0, 0] as const;

/** A dense layer as a kernel that slides over a single cell: its inputs are the channels. */
const sums = (N: number, O: number, I: number): Sums => ({
  slide: { X: one, R: one, P: one, s: one, d: one, begin: none },
  weights: shared(I, []),
  N,
  O,
  C: I,
  groups: 1,
});

/** DENSE-1: x [N, I] under weights W [O, I] and a bias b [O]. */
const dense: Plan<"dense"> = (on, { inputs: { x, W, b }, outputs: { Z } }) => {
  const [O, I] = W.shape;
  if (x.shape[0] === 1) {
    const buffers = { x, K: W, b: b ?? W, Z };
    on.run({
      kernel: "dense-sample",
      buffers,
      uniforms: { O, I },
      constants: { hasBias: b !== undefined },
      size: 32,
      workgroups: Math.ceil(O / 8),
    });
    return;
  }
  forward(on, sums(x.shape[0], O, I), { V: x, K: W, b, Z });
};

/** GRAD-46: from G [N, O] and W [O, I]. */
const denseInputGradient: Plan<"dense-input-gradient"> = (on, { inputs: { G, W }, outputs: { dx } }) => {
  const [O, I] = W.shape;
  inputGradient(on, sums(G.shape[0], O, I), { G, K: W, dV: dx });
};

/**
 * GRAD-47: from G [N, O] and x [N, I]. On several samples it is a correlation with a kernel of one tap, G transposed, over I
 * positions of N channels.
 */
const denseWeightGradient: Plan<"dense-weight-gradient"> = (on, { inputs: { G, x }, outputs: { dW } }) => {
  const [[N, O], [, I]] = [G.shape, x.shape];
  if (N <= 1) {
    kernelGradient(on, sums(N, O, I), { G, V: x, dK: dW });
    return;
  }
  const inputs = [1, 1, I] as const;
  const slide = { X: inputs, R: one, P: inputs, s: one, d: one, begin: none };
  const from = { fromG: 0, fromO: 1, fromC: O, fromK: 0 };
  const tiled = { slide, N: 1, O, C: N, groups: 1, transposed: false, flipped: false, from };
  inTiles(on, tiled, { V: x, K: G, Z: dW });
};

export const densePlans = {
  dense,
  "dense-input-gradient": denseInputGradient,
  "dense-weight-gradient": denseWeightGradient,
};
