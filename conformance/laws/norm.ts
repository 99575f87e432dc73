import type fc from "fast-check";
import { decode, type Exact, encode, exact, exactly, rounded } from "../../reference/index.ts";
import { type Backend, sizeOf, type Tensor } from "../../spec/index.ts";
import {
  batchNormCall,
  batchNormGradientCall,
  batchNormInferenceCall,
  batchNormInferenceGradientCall,
} from "../arbitraries/norm.ts";
import type { Invocation, Verdict } from "../check.ts";
import { type Side, sideOf } from "../gradient/side.ts";
import { invoke } from "../invoke.ts";
import type { Law } from "./law.ts";
import { gather, select } from "./rearrange.ts";

type Sides = Pick<Side, "values" | "allowed">;

/** The two sides of a law on results that are rounded: each with the error it may have. */
type CloseLaw = Omit<Law<Invocation>, "dtype" | "holds"> & {
  sides(
    of: (call: Invocation, output: string) => Promise<Side>,
    call: Invocation,
    backend: Backend,
  ): Promise<[Sides, Sides]>;
};

/** A law that holds exactly for exact results, and for rounded ones within the errors of both sides. */
const closeLaw = ({ sides, ...law }: CloseLaw): Law<Invocation> => ({
  ...law,
  dtype: "f32",
  holds: async (backend, call): Promise<Verdict> => {
    const [left, right] = await sides((invocation, output) => sideOf(backend, invocation, output), call, backend);
    const margins = left.values.map((value, at) => {
      const gap = Math.abs(rounded(exact.add(value, exact.scale(right.values[at], -1, 1)), "f64"));
      const allowed = left.allowed[at] + right.allowed[at];
      return gap === 0 || allowed === Number.POSITIVE_INFINITY ? 0 : gap / allowed;
    });
    const worst = Math.max(0, ...margins);
    if (worst <= 1) return { status: "pass", margin: worst };
    const wrong = margins.filter((margin) => !(margin <= 1)).length;
    const message = `the two sides of the law are farther apart than their errors in ${wrong} of ${margins.length} elements`;
    return { status: "fail", margin: worst, failure: { message, invocation: call } };
  },
});

const input = ({ inputs }: Invocation, name: string): Tensor => inputs[name] as Tensor;

const withInputs = (call: Invocation, inputs: Readonly<Record<string, Tensor>>): Invocation => ({
  ...call,
  inputs: { ...call.inputs, ...inputs },
});

const mapped = (tensor: Tensor, change: (value: number) => number): Tensor =>
  encode(tensor.dtype, tensor.shape, Array.from(decode(tensor), change));

/** The places of each channel of a tensor [N, C, …X]. */
const channelPlaces = ({ shape: [N, C, ...X] }: Tensor): number[][] => {
  const plane = sizeOf(X);
  return Array.from({ length: C }, (_, c) =>
    Array.from({ length: N * plane }, (_, at) => (Math.floor(at / plane) * C + c) * plane + (at % plane)),
  );
};

const total = (values: readonly Exact[]): Exact => values.reduce<Exact>(exact.add, exact.zero);

/** The mean of one output over each channel of a tensor like x. */
const channelMeans = ({ values, allowed }: Side, like: Tensor): Sides => {
  const places = channelPlaces(like);
  return {
    values: places.map((at) => exact.scale(total(at.map((place) => values[place])), 1, at.length)),
    allowed: places.map((at) => at.reduce((sum, place) => sum + allowed[place], 0) / at.length),
  };
};

const constants = (values: ArrayLike<number>): Sides => ({
  values: Array.from(values, exactly),
  allowed: Array.from(values, () => 0),
});

/** A law that each channel is computed by itself. */
const channelsApart = (
  operator: Invocation["operator"],
  clause: Law["clauses"][number],
  [output, ...like]: readonly string[],
  samples: fc.Arbitrary<Invocation>,
): Law<Invocation> =>
  closeLaw({
    id: `${operator}/law/channels-are-apart`,
    title: "each channel gives what it gives by itself",
    clauses: [clause],
    operator,
    samples: samples.filter((call) => like.every((name) => input(call, name).data.length > 0)),
    sides: async (of, call) => {
      const whole = await of(call, output);
      const places = channelPlaces(input(call, like[0]));
      const left: Sides = {
        values: places.flatMap((at) => at.map((place) => whole.values[place])),
        allowed: places.flatMap((at) => at.map((place) => whole.allowed[place])),
      };
      const apart: Side[] = [];
      for (const c of places.keys()) {
        const inputs = Object.entries(call.inputs).map(([name, tensor]): [string, Tensor] => {
          const present = tensor as Tensor;
          return [name, select(present, present.shape.length === 1 ? 0 : 1, c)];
        });
        apart.push(await of({ ...call, inputs: Object.fromEntries(inputs) }, output));
      }
      return [left, { values: apart.flatMap((side) => side.values), allowed: apart.flatMap((side) => side.allowed) }];
    },
  });

/** Laws on integers, which a shift and a doubling leave exact. */
const training: Law<Invocation>[] = [
  channelsApart("batch-norm", "NORM-2", ["y", "x"], batchNormCall()),
  closeLaw({
    id: "batch-norm/law/shift-invariant",
    title: "a constant added to the input changes the mean and nothing else",
    clauses: ["NORM-1", "NORM-2"],
    operator: "batch-norm",
    samples: batchNormCall(),
    sides: async (of, call) => [
      await of(call, "y"),
      await of(withInputs(call, { x: mapped(input(call, "x"), (value) => value + 13) }), "y"),
    ],
  }),
  closeLaw({
    id: "batch-norm/law/scale-invariant",
    title: "the input doubled, with four times ε, gives the same",
    clauses: ["NORM-1", "NORM-2"],
    operator: "batch-norm",
    samples: batchNormCall(),
    sides: async (of, call) => {
      const { epsilon } = call.attributes as { readonly epsilon: number };
      const doubled = withInputs(call, { x: mapped(input(call, "x"), (value) => 2 * value) });
      return [
        await of(call, "y"),
        await of({ ...doubled, attributes: { epsilon: 4 * epsilon } } as unknown as Invocation, "y"),
      ];
    },
  }),
  closeLaw({
    id: "batch-norm/law/mean-is-beta",
    title: "the mean of every channel of the result is its beta",
    clauses: ["NORM-1", "NORM-2"],
    operator: "batch-norm",
    samples: batchNormCall(),
    sides: async (of, call) => [
      channelMeans(await of(call, "y"), input(call, "x")),
      constants(decode(input(call, "beta"))),
    ],
  }),
  closeLaw({
    id: "batch-norm/law/order-does-not-matter",
    title: "elements of a channel that change places change places in the result",
    clauses: ["NORM-2"],
    operator: "batch-norm",
    samples: batchNormCall(),
    sides: async (of, call) => {
      const x = input(call, "x");
      const turned = (tensor: Tensor): Tensor =>
        gather(tensor, tensor.shape, ([n, c, ...v]) => [
          tensor.shape[0] - 1 - n,
          c,
          ...v.map((at, axis) => tensor.shape[axis + 2] - 1 - at),
        ]);
      const order = Array.from(
        decode(
          turned(
            encode(
              "f64",
              x.shape,
              Array.from(x.data, (_, at) => at),
            ),
          ),
        ),
      );
      const still = await of(call, "y");
      const moved = await of(withInputs(call, { x: turned(x) }), "y");
      return [{ values: order.map((at) => still.values[at]), allowed: order.map((at) => still.allowed[at]) }, moved];
    },
  }),
];

/** How far the rounding of the statistics may move y: |gamma|/σ for the mean, |gamma·(x − mean)|/2σ³ for the variance. */
const movedByStatistics = (call: Invocation, mean: Side, variance: Side): number[] => {
  const x = input(call, "x");
  const [values, gamma] = [decode(x), decode(input(call, "gamma"))];
  const { epsilon } = call.attributes as { readonly epsilon: number };
  const moved = new Array<number>(values.length);
  for (const [c, places] of channelPlaces(x).entries()) {
    const σ = Math.sqrt(rounded(variance.values[c], "f64") + epsilon);
    for (const at of places) {
      const deviation = Math.abs(values[at] - rounded(mean.values[c], "f64")) + mean.allowed[c];
      moved[at] = 2 * Math.abs(gamma[c]) * (mean.allowed[c] / σ + (deviation * variance.allowed[c]) / (2 * σ ** 3));
    }
  }
  return moved;
};

const inference: Law<Invocation>[] = [
  channelsApart("batch-norm-inference", "NORM-3", ["y", "x"], batchNormInferenceCall()),
  closeLaw({
    id: "batch-norm-inference/law/with-own-statistics",
    title: "with a batch's own mean and variance it gives what training gives",
    clauses: ["NORM-3", "NORM-2"],
    operator: "batch-norm-inference",
    samples: batchNormCall(),
    sides: async (of, call, backend) => {
      const [mean, variance] = [await of(call, "mean"), await of(call, "variance")];
      const trained = await of(call, "y");
      const statistics = await invoke(backend, call);
      const own = { mean: statistics.mean, variance: statistics.variance };
      const given = await of({ ...withInputs(call, own), operator: "batch-norm-inference" }, "y");
      const moved = movedByStatistics(call, mean, variance);
      return [trained, { ...given, allowed: given.allowed.map((error, at) => error + moved[at]) }];
    },
  }),
  closeLaw({
    id: "batch-norm-inference/law/samples-are-apart",
    title: "with given statistics every sample gives what it gives by itself",
    clauses: ["NORM-3"],
    operator: "batch-norm-inference",
    samples: batchNormInferenceCall().filter((call) => input(call, "x").shape[0] > 0),
    sides: async (of, call) => {
      const x = input(call, "x");
      const each: Side[] = [];
      for (let n = 0; n < x.shape[0]; n++) each.push(await of(withInputs(call, { x: select(x, 0, n) }), "y"));
      return [
        await of(call, "y"),
        { values: each.flatMap((side) => side.values), allowed: each.flatMap((side) => side.allowed) },
      ];
    },
  }),
];

const gradients: Law<Invocation>[] = [
  channelsApart("batch-norm-gradient", "GRAD-49", ["dx", "x"], batchNormGradientCall()),
  channelsApart("batch-norm-inference-gradient", "GRAD-50", ["dx", "G"], batchNormInferenceGradientCall()),
  closeLaw({
    id: "batch-norm-gradient/law/adds-up-to-zero",
    title: "the gradient of the input adds up to zero over every channel: a shift of the input changes nothing",
    clauses: ["GRAD-49"],
    operator: "batch-norm-gradient",
    samples: batchNormGradientCall(),
    sides: async (of, call) => {
      const means = channelMeans(await of(call, "dx"), input(call, "x"));
      return [means, constants(means.values.map(() => 0))];
    },
  }),
  closeLaw({
    id: "batch-norm-gradient/law/constant-error-moves-nothing",
    title: "an error that is the same for all elements of a channel gives the input no gradient",
    clauses: ["GRAD-49"],
    operator: "batch-norm-gradient",
    samples: batchNormGradientCall(),
    sides: async (of, call) => {
      const G = input(call, "G");
      const same = gather(G, G.shape, ([, c, ...v]) => [0, c, ...v.map(() => 0)]);
      const dx = await of(withInputs(call, { G: same }), "dx");
      return [dx, constants(dx.values.map(() => 0))];
    },
  }),
];

/** The laws of batch normalisation. Its results are rounded, so that two sides may differ by the errors of both. */
export const normLaws: readonly Law[] = [...training, ...inference, ...gradients] as Law[];
