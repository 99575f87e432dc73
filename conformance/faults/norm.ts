import { decode, type StoredInputs } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import { type Change, correct, type Fault, fault, type Outputs } from "./fault.ts";
import { mapped, samples } from "./kernels/mapped.ts";

type Norm = "batch-norm" | "batch-norm-inference" | "batch-norm-gradient" | "batch-norm-inference-gradient";

/** How many elements a channel has. */
const perChannel = ({ data, shape }: Tensor): number => data.length / shape[1];

const normalise = correct("batch-norm-inference");

/** y from other statistics, or another ε, than those of the batch; what is told of the statistics may differ from both. */
const withStatistics =
  (
    change: (
      of: { readonly mean: Tensor; readonly variance: Tensor; readonly epsilon: number },
      x: Tensor,
    ) => { readonly mean?: Tensor; readonly variance?: Tensor; readonly epsilon?: number },
    told: "correct" | "changed" = "correct",
  ): Change<"batch-norm"> =>
  (run, inputs, a) => {
    const { mean, variance } = run(inputs, a);
    const used = { mean, variance, ...a, ...change({ mean, variance, ...a }, inputs.x as Tensor) };
    const { epsilon, ...statistics } = used;
    const { y } = normalise({ ...inputs, ...statistics }, { epsilon });
    return { y, ...(told === "changed" ? statistics : { mean, variance }) };
  };

/** The call with its scale and shift replaced. */
const withAffine =
  <N extends Norm>(
    change: (gamma: Tensor, beta: Tensor) => { readonly gamma?: Tensor; readonly beta?: Tensor },
  ): Change<N> =>
  (run, inputs, a) => {
    run(inputs, a);
    return run({ ...inputs, ...change(inputs.gamma as Tensor, inputs.beta as Tensor) }, a);
  };

const unbiased = (variance: Tensor, m: number): Tensor => mapped(variance, (v) => (m > 1 ? (v * m) / (m - 1) : v));

/** What (variance' + 0) must be for its root to be √variance + ε. */
const outside = (variance: Tensor, epsilon: number): Tensor => mapped(variance, (v) => (Math.sqrt(v) + epsilon) ** 2);

const times = (one: Tensor, other: Tensor): Tensor => {
  const factors = decode(other);
  return mapped(one, (value, at) => value * factors[at]);
};

const training: Fault<"batch-norm">[] = [
  fault("batch-norm", "unbiased-variance", {
    title: "the variance divides by one less than the number of elements",
    smallest: "2 elements",
    caughtBy: "batch-norm/real/plane-f32",
    change: withStatistics(({ variance }, x) => ({ variance: unbiased(variance, perChannel(x)) }), "changed"),
  }),
  fault("batch-norm", "unbiased-variance-told", {
    title: "the variance that is given out divides by one less than the number of elements, that in use does not",
    smallest: "2 elements",
    caughtBy: "batch-norm/real/plane-f32",
    change: (run, inputs, a) => {
      const { variance, ...rest } = run(inputs, a);
      return { ...rest, variance: unbiased(variance, perChannel(inputs.x as Tensor)) };
    },
  }),
  fault("batch-norm", "deviation-told", {
    title: "the standard deviation is given out as the variance",
    smallest: "2 elements",
    caughtBy: "batch-norm/real/plane-f32",
    change: (run, inputs, a) => {
      const { variance, ...rest } = run(inputs, a);
      return { ...rest, variance: mapped(variance, Math.sqrt) };
    },
  }),
  fault("batch-norm", "epsilon-outside-the-root", {
    title: "ε is added to the standard deviation, not to the variance",
    smallest: "2 elements, ε 1",
    caughtBy: "batch-norm/real/plane-f32",
    change: withStatistics(({ variance, epsilon }) => ({ variance: outside(variance, epsilon), epsilon: 0 })),
  }),
  fault("batch-norm", "epsilon-ignored", {
    title: "ε is ignored",
    smallest: "a constant channel",
    caughtBy: "batch-norm/special/constant-channel",
    change: withStatistics(() => ({ epsilon: 0 })),
  }),
  fault("batch-norm", "divided-by-the-variance", {
    title: "deviations are divided by the variance: the root is missing",
    smallest: "2 elements",
    caughtBy: "batch-norm/real/plane-f32",
    change: withStatistics(({ variance, epsilon }) => ({
      variance: mapped(variance, (v) => (v + epsilon) ** 2),
      epsilon: 0,
    })),
  }),
  fault("batch-norm", "mean-of-squares", {
    title: "the variance is E[x²] − μ² in single precision, which cancels",
    smallest: "a mean of 4096, deviations of a few units",
    caughtBy: "batch-norm/special/large-mean",
    change: withStatistics(({ variance, mean }, x) => {
      const [values, means] = [decode(x), decode(mean)];
      const [, C, ...X] = x.shape;
      const plane = X.reduce((product, extent) => product * extent, 1);
      const squares = Array<number>(C).fill(0);
      for (let at = 0; at < values.length; at++) {
        const c = Math.floor(at / plane) % C;
        squares[c] = Math.fround(squares[c] + Math.fround(values[at] * values[at]));
      }
      const m = perChannel(x);
      return {
        variance: mapped(variance, (v, c) =>
          x.dtype === "f32" ? Math.max(0, Math.fround(Math.fround(squares[c] / m) - Math.fround(means[c] ** 2))) : v,
        ),
      };
    }, "changed"),
  }),
  fault("batch-norm", "each-sample-for-itself", {
    title: "statistics are those of each sample, not of the batch",
    smallest: "N2",
    caughtBy: "batch-norm/real/plane-f32",
    change: (run, inputs, a) => {
      const right = run(inputs, a);
      const x = inputs.x as Tensor;
      const apart = Array.from({ length: x.shape[0] }, (_, n) => run({ ...inputs, x: samples(x, n, n + 1) }, a).y);
      const data = right.y.data.slice();
      for (const [n, { data: one }] of apart.entries()) data.set(one as never, n * one.length);
      return { ...right, y: { ...right.y, data } };
    },
  }),
  fault("batch-norm", "statistics-of-all-channels", {
    title: "all channels share one mean and one variance",
    smallest: "C2",
    caughtBy: "batch-norm/real/plane-f32",
    change: (run, inputs, a) => {
      const right = run(inputs, a);
      const x = inputs.x as Tensor;
      const [N, C, ...X] = x.shape;
      const flat = { ...x, shape: [N, 1, C, ...X.slice(0, 1), X.slice(1).reduce((product, r) => product * r, 1)] };
      const one = (tensor: Tensor): Tensor => ({ ...tensor, shape: [1], data: tensor.data.slice(0, 1) });
      const { gamma, beta } = inputs as Record<string, Tensor>;
      const whole = run({ x: flat, gamma: one(gamma), beta: one(beta) }, a);
      const mean = mapped(right.mean, () => decode(whole.mean)[0]);
      const variance = mapped(right.variance, () => decode(whole.variance)[0]);
      return { y: normalise({ ...inputs, mean, variance }, a).y, mean, variance };
    },
  }),
  fault("batch-norm", "shifted-before-scaled", {
    title: "beta is added before gamma scales",
    smallest: "gamma 2, beta 1",
    caughtBy: "batch-norm/real/plane-f32",
    change: withAffine((gamma, beta) => ({ beta: times(beta, gamma) })),
  }),
  fault("batch-norm", "affine-exchanged", {
    title: "gamma and beta are exchanged",
    smallest: "gamma 2, beta 1",
    caughtBy: "batch-norm/real/plane-f32",
    change: withAffine((gamma, beta) => ({ gamma: beta, beta: gamma })),
  }),
  fault("batch-norm", "affine-of-first-channel", {
    title: "every channel is scaled and shifted as the first",
    smallest: "C2",
    caughtBy: "batch-norm/real/plane-f32",
    change: withAffine((gamma, beta) => ({
      gamma: mapped(gamma, () => decode(gamma)[0]),
      beta: mapped(beta, () => decode(beta)[0]),
    })),
  }),
];

const inference: Fault<"batch-norm-inference">[] = [
  fault("batch-norm-inference", "statistics-of-the-batch", {
    title: "the statistics of the batch are used, not those given",
    smallest: "2 elements, mean 0, variance 1",
    caughtBy: "batch-norm-inference/real/plane-f32",
    change: (run, inputs, a) => {
      const right = run(inputs, a);
      const { x, gamma, beta } = inputs as Record<string, Tensor>;
      return x.data.length === 0 ? right : { y: correct("batch-norm")({ x, gamma, beta }, a).y };
    },
  }),
  fault("batch-norm-inference", "deviation-given", {
    title: "the variance given is taken for a standard deviation",
    smallest: "variance 4",
    caughtBy: "batch-norm-inference/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      const variance = mapped(inputs.variance as Tensor, (v) => (v + a.epsilon) ** 2);
      return run({ ...inputs, variance }, { epsilon: 0 });
    },
  }),
  fault("batch-norm-inference", "epsilon-outside-the-root", {
    title: "ε is added to the standard deviation, not to the variance",
    smallest: "variance 1, ε 1",
    caughtBy: "batch-norm-inference/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, variance: outside(inputs.variance as Tensor, a.epsilon) }, { epsilon: 0 });
    },
  }),
  fault("batch-norm-inference", "epsilon-ignored", {
    title: "ε is ignored",
    smallest: "variance 1, ε 1",
    caughtBy: "batch-norm-inference/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run(inputs, { epsilon: 0 });
    },
  }),
  fault("batch-norm-inference", "shifted-before-scaled", {
    title: "beta is added before gamma scales",
    smallest: "gamma 2, beta 1",
    caughtBy: "batch-norm-inference/real/plane-f32",
    change: withAffine((gamma, beta) => ({ beta: times(beta, gamma) })),
  }),
  fault("batch-norm-inference", "negative-variance-clamped", {
    title: "a variance below zero is taken for zero, so that no NaN shows it",
    smallest: "variance −4",
    caughtBy: "batch-norm-inference/special/negative-variance",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, variance: mapped(inputs.variance as Tensor, (v) => Math.max(v, 0)) }, a);
    },
  }),
];

/** The outputs of one gradient with some of them replaced. */
const withOutputs =
  <N extends Norm>(
    change: (right: Outputs, inputs: StoredInputs, a: { readonly epsilon: number }) => Outputs,
  ): Change<N> =>
  (run, inputs, a) => {
    const right = run(inputs, a);
    return { ...right, ...change(right, inputs, a) };
  };

const statistics = ({ x, gamma }: StoredInputs, epsilon: number): Outputs =>
  correct("batch-norm")({ x, gamma, beta: gamma } as Record<string, Tensor>, { epsilon });

const gradient: Fault<"batch-norm-gradient">[] = [
  fault("batch-norm-gradient", "statistics-are-constants", {
    title: "mean and variance are taken for constants: their own gradients are missing",
    smallest: "2 elements",
    caughtBy: "batch-norm-gradient/real/plane-f32",
    change: withOutputs((_, inputs, a) => {
      const { variance } = statistics(inputs, a.epsilon);
      const { G, gamma } = inputs;
      return { dx: correct("batch-norm-inference-gradient")({ G, gamma, variance }, a).dx };
    }),
  }),
  fault("batch-norm-gradient", "variance-is-constant", {
    title: "the variance is taken for a constant: only the mean's gradient is there",
    smallest: "3 elements",
    caughtBy: "batch-norm-gradient/real/plane-f32",
    change: withOutputs(({ dbeta }, inputs, a) => {
      const { variance } = statistics(inputs, a.epsilon);
      const G = inputs.G as Tensor;
      const [, C, ...X] = G.shape;
      const plane = X.reduce((product, extent) => product * extent, 1);
      const sums = decode(dbeta);
      const centred = mapped(G, (value, at) => value - sums[Math.floor(at / plane) % C] / perChannel(G));
      return { dx: correct("batch-norm-inference-gradient")({ G: centred, gamma: inputs.gamma, variance }, a).dx };
    }),
  }),
  fault("batch-norm-gradient", "epsilon-ignored", {
    title: "ε is ignored",
    smallest: "ε 1",
    caughtBy: "batch-norm-gradient/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run(inputs, { epsilon: 0 });
    },
  }),
  fault("batch-norm-gradient", "gamma-ignored", {
    title: "the scale is left out of the input's gradient",
    smallest: "gamma 2",
    caughtBy: "batch-norm-gradient/real/plane-f32",
    change: (run, inputs, a) => {
      const right = run(inputs, a);
      const gamma = mapped(inputs.gamma as Tensor, () => 1);
      return { ...right, dx: run({ ...inputs, gamma }, a).dx };
    },
  }),
  fault("batch-norm-gradient", "affine-averaged", {
    title: "the gradients of gamma and beta are divided by the number of elements",
    smallest: "2 elements",
    caughtBy: "batch-norm-gradient/real/plane-f32",
    change: withOutputs(({ dgamma, dbeta }, { x }) => {
      const m = perChannel(x as Tensor);
      return { dgamma: mapped(dgamma, (value) => value / m), dbeta: mapped(dbeta, (value) => value / m) };
    }),
  }),
  fault("batch-norm-gradient", "affine-exchanged", {
    title: "the gradients of gamma and beta are exchanged",
    smallest: "2 elements",
    caughtBy: "batch-norm-gradient/real/plane-f32",
    change: withOutputs(({ dgamma, dbeta }) => ({ dgamma: dbeta, dbeta: dgamma })),
  }),
];

const inferenceGradient: Fault<"batch-norm-inference-gradient">[] = [
  fault("batch-norm-inference-gradient", "epsilon-ignored", {
    title: "ε is ignored",
    smallest: "variance 1, ε 1",
    caughtBy: "batch-norm-inference-gradient/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run(inputs, { epsilon: 0 });
    },
  }),
  fault("batch-norm-inference-gradient", "gamma-ignored", {
    title: "the scale is left out",
    smallest: "gamma 2",
    caughtBy: "batch-norm-inference-gradient/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      return run({ ...inputs, gamma: mapped(inputs.gamma as Tensor, () => 1) }, a);
    },
  }),
  fault("batch-norm-inference-gradient", "centred", {
    title: "the mean of the errors is taken off, as if the statistics were those of the batch",
    smallest: "2 elements",
    caughtBy: "batch-norm-inference-gradient/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      const G = inputs.G as Tensor;
      const [, C, ...X] = G.shape;
      const plane = X.reduce((product, extent) => product * extent, 1);
      const sums = decode(correct("bias-gradient")({ G }, {}).db);
      const centred = mapped(G, (value, at) => value - sums[Math.floor(at / plane) % C] / perChannel(G));
      return run({ ...inputs, G: centred }, a);
    },
  }),
  fault("batch-norm-inference-gradient", "divided-by-the-variance", {
    title: "errors are divided by the variance: the root is missing",
    smallest: "variance 4",
    caughtBy: "batch-norm-inference-gradient/real/plane-f32",
    change: (run, inputs, a) => {
      run(inputs, a);
      const variance = mapped(inputs.variance as Tensor, (v) => (v + a.epsilon) ** 2);
      return run({ ...inputs, variance }, { epsilon: 0 });
    },
  }),
];

/** Faults of batch normalisation and its gradients. */
export const normFaults: readonly Fault[] = [
  ...training,
  ...inference,
  ...gradient,
  ...inferenceGradient,
] as unknown as Fault[];
