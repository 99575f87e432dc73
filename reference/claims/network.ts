import { type Layer, sizeOf, type Tensor } from "../../spec/index.ts";
import { sum } from "../arithmetic.ts";
import { dual } from "../arithmetics/dual.ts";
import { type Exact, exact, rounded } from "../arithmetics/exact.ts";
import { type Support, support } from "../arithmetics/support.ts";
import { embedded, type Given, type LearningStep, learn, learning, run } from "../network.ts";
import { rank } from "../rank.ts";
import { elements, embed, indices, type TensorOf } from "../tensor.ts";
import { integers, kernelLayer, numbers, stored, values } from "./calls.ts";
import { type Claim, equal, lettersOf, notAll, range } from "./claim.ts";

const relu: Layer = { layer: "relu" };
const correlate = (K: string, padding: "valid" | "same" = "valid"): Layer => ({
  layer: "correlate",
  K,
  b: `b of ${K}`,
  attributes: { padding },
});
const same = { window: [3, 3], stride: [1, 1], padding: "same" } as const;
const maxPool: Layer = { layer: "max-pool", attributes: { window: [2, 3], stride: [2, 1] } };

const zeros = (...shape: number[]): Tensor => stored(shape, Array<number>(sizeOf(shape)).fill(0));

/** One exact step of some layers, at rate 1, on integers. */
const learned = (layers: readonly Layer[], given: Given<Tensor>): LearningStep<TensorOf<Exact>> =>
  run(exact, learn({ layers, rate: 1 }, embedded(exact, given)));

/** Every number of a step but the loss. */
const all = ({ output, gradients, parameters }: LearningStep<TensorOf<Exact>>): number[] =>
  [output, ...Object.values(gradients), ...Object.values(parameters)].flatMap(values);

const staged: Given<Tensor> = {
  x: integers("network/x", [2, 2, 6, 7]),
  t: integers("network/t", [2, 3, 2, 4]),
  parameters: { K: integers("network/K", [3, 2, 3, 2]), "b of K": integers("network/b", [3]) },
};

const stages: readonly Claim[] = [
  {
    id: "network/both-terminologies",
    clause: "NET-3",
    title: "one complex layer of three stages, and three simple layers: outputs, gradients and updated parameters",
    holds: () => {
      const simple = [correlate("K"), relu, maxPool];
      return equal(all(learned([{ layer: "complex", stages: simple }], staged)), all(learned(simple, staged)));
    },
  },
  {
    id: "network/average-pooling-before-the-detector",
    clause: "NET-3",
    title: "ReLU after average pooling gives what it gives before",
    holds: () => {
      const pool: Layer = { layer: "average-pool", attributes: { window: [2, 3], stride: [2, 1] } };
      const [after, before] = [
        [pool, relu],
        [relu, pool],
      ].map((last) => values(learned([correlate("K"), ...last], staged).output));
      return notAll(
        after.map((value, at) => value === before[at]),
        "outputs",
      );
    },
  },
];

const residual: Claim = {
  id: "network/residual-of-nothing",
  clause: "NET-4",
  title: "where F gives zeros, the output is the input, and the gradient of the input is that of the output",
  holds: () => {
    const x = integers("network/residual/x", [2, 2, 3, 4]);
    const t = integers("network/residual/t", [2, 2, 3, 4]);
    const parameters = { K: zeros(2, 2, 3, 3), "b of K": zeros(2) };
    const { output, gradients } = learned([{ layer: "residual", body: [correlate("K", "same")] }], {
      x,
      t,
      parameters,
    });
    const y = numbers(x);
    const G = y.map((value, at) => value - numbers(t)[at]);
    return equal([...y, ...G], [...values(output), ...values(gradients.x)]);
  },
};

const ones = (...shape: number[]): Tensor => stored(shape, Array<number>(sizeOf(shape)).fill(1));

/** The places of a plane of 7 × 7 that the middle unit depends on, through layers of these widths. */
function seen(...widths: readonly number[]): number[] {
  const middle = widths.reduce<TensorOf<Support>>(
    (V, width) => kernelLayer(support, "correlate", V, ones(1, 1, width, width), { padding: "same" }),
    embed(support, "V", ones(1, 1, 7, 7)),
  );
  return [...(middle.at(0, 0, 3, 3).get("V") ?? [])].sort((a, b) => a - b);
}

/** What two layers of 3 × 3 with a detector after each, or one of 5 × 5 without, make of an input. */
function outputOf(widths: readonly number[], detector: boolean, x: Tensor): number[] {
  const names = widths.map((_, at) => `K${at}`);
  const layers = names.flatMap((K) => (detector ? [correlate(K, "same"), relu] : [correlate(K, "same")]));
  const parameters = Object.fromEntries(
    names.flatMap((K, at) => [
      [K, integers(`network/${widths}/${K}`, [1, 1, widths[at], widths[at]])],
      [`b of ${K}`, zeros(1)],
    ]),
  );
  return values(learned(layers, { x, t: x, parameters }).output);
}

/** For each output, whether a layer makes of a sum of two inputs the sum of what it makes of each. */
function additive(widths: readonly number[], detector: boolean): boolean[] {
  const [a, b] = ["a", "b"].map((name) => integers(`network/additive/${name}`, [1, 1, 5, 6]));
  const both = stored(
    a.shape,
    numbers(a).map((value, at) => value + numbers(b)[at]),
  );
  const [ofA, ofB, ofSum] = [a, b, both].map((x) => outputOf(widths, detector, x));
  return ofSum.map((value, at) => value === ofA[at] + ofB[at]);
}

/** How many of the 25 ways in which a kernel of 5 × 5 can change are open to one that is two of 3 × 3, u and v. */
function waysOf5x5(): number {
  const [u, v] = ["u", "v"].map((name) => integers(`network/${name}`, [1, 1, 3, 3]));
  const changes = [u, v].flatMap((other) =>
    range(0, 8).map((at) => {
      const one = stored(
        [1, 1, 3, 3],
        range(0, 8).map((k) => Number(k === at)),
      );
      return elements(kernelLayer(exact, "convolve", embed(exact, "V", other), one, { padding: "full" }));
    }),
  );
  return rank(exact, changes);
}

const inception: readonly Claim[] = [
  {
    id: "network/two-of-3x3-see-5x5",
    clause: "NET-5",
    title: "the cells that a unit sees through two layers of 3 × 3 are those that it sees through one of 5 × 5",
    holds: () => equal(seen(5), seen(3, 3)),
  },
  {
    id: "network/5x5-is-additive",
    clause: "NET-5",
    title: "outputs where one layer of 5 × 5 does not make of the sum of two inputs the sum of what it makes of each",
    holds: () => equal(0, additive([5], false).filter((same) => !same).length),
  },
  {
    id: "network/two-of-3x3-are-not",
    clause: "NET-5",
    title: "outputs where two layers of 3 × 3 with ReLU do",
    holds: () => notAll(additive([3, 3], true), "outputs"),
  },
  {
    id: "network/not-every-kernel",
    clause: "NET-5",
    title:
      "ways in which the 5 × 5 that two of 3 × 3 compose can change, of 25: one for each weight, but scaling one kernel up is scaling the other",
    holds: () => equal(3 * 3 + 3 * 3 - 1, waysOf5x5()),
  },
];

const flattening: readonly Claim[] = [
  {
    id: "network/row-major",
    clause: "NET-6",
    title: "where a flattened volume of 2 × 3 × 4 holds each of its elements",
    holds: () => {
      const volume = integers("network/volume", [1, 2, 3, 4]);
      const flat = values(learned([{ layer: "flatten" }], { x: volume, t: zeros(1, 24), parameters: {} }).output);
      const from = embed(exact, "V", volume);
      const places = Array.from(indices(2, 3, 4), ([c, h, w]) => ({
        i: lettersOf("NET-6", { c: c + 1, h: h + 1, w: w + 1, H: 3, W: 4 }).i,
        value: rounded(from.at(0, c, h, w), "f64"),
      }));
      return equal(
        places.map(({ value }) => value),
        places.map(({ i }) => flat[i - 1]),
      );
    },
  },
];

const error: readonly Claim[] = [
  {
    id: "network/half-the-squares",
    clause: "NET-7",
    title: "the error of two samples of three outputs, the sum of the printed one over all of them",
    holds: () => {
      const [y, t] = ["y", "t"].map((name) => integers(`network/error/${name}`, [2, 3]));
      const { loss } = learned([], { x: y, t, parameters: {} });
      const each = numbers(y).map((output, at) => lettersOf("NET-7", { y: output, t: numbers(t)[at] }).E);
      return equal(
        each.reduce((total, one) => total + one, 0),
        values(loss)[0],
      );
    },
  },
  {
    id: "network/without-the-half",
    clause: "NET-7",
    title: "the derivative of that error for each output",
    holds: () => {
      const [y, t] = ["y", "t"].map((name) => integers(`network/error/${name}`, [2, 3]));
      const { gradients } = learned([], { x: y, t, parameters: {} });
      return equal(
        numbers(y).map((output, at) => lettersOf("NET-7", { y: output, t: numbers(t)[at] }).G),
        values(gradients.x),
      );
    },
  },
];

/** ⟨gradient, direction⟩ of everything that is learned and of the input, and the slope of the error in that direction. */
function slopes(layers: readonly Layer[], given: Given<Tensor>): readonly [backward: Exact, forward: Exact] {
  const { gradients } = learned(layers, given);
  const directions = Object.fromEntries(
    Object.entries({ ...given.parameters, x: given.x }).map(([name, { shape }]) => [
      name,
      integers(`network/direction/${name}`, shape),
    ]),
  );
  const d = dual(({ tensor, offset }) => directions[tensor]?.data[offset] ?? 0);
  const { loss } = run(d, learn({ layers, rate: 1 }, embedded(d, given)));
  const terms = Object.entries(directions).flatMap(([name, direction]) => {
    const along = elements(embed(exact, name, direction));
    return elements(gradients[name]).map((slope, at) => exact.multiply(slope, along[at]));
  });
  return [sum(exact, terms), loss.at().slope];
}

const backward: Claim = {
  id: "network/backward-is-the-derivative",
  clause: "NET-8",
  title:
    "through every kind of layer: the slope of the error by dual numbers, and the gradients' product with the direction",
  holds: () => {
    const layers: readonly Layer[] = [
      { layer: "complex", stages: [correlate("K1"), relu, maxPool] },
      { layer: "residual", body: [correlate("K2", "same"), relu, correlate("K3", "same")] },
      { layer: "inception", branches: [[correlate("K4", "same")], [{ layer: "average-pool", attributes: same }]] },
      { layer: "flatten" },
      { layer: "dense", W: "W", b: "b of W" },
    ];
    const shapes = { K1: [3, 2, 3, 2], K2: [2, 3, 3, 3], K3: [3, 2, 3, 3], K4: [1, 3, 3, 1], W: [2, 32] };
    const parameters = Object.fromEntries(
      Object.entries(shapes).flatMap(([name, shape]) => [
        [name, integers(`network/${name}`, shape)],
        [`b of ${name}`, integers(`network/b of ${name}`, [shape[0]])],
      ]),
    );
    const given = { x: staged.x, t: integers("network/wanted", [2, 2]), parameters };
    const [found, slope] = slopes(layers, given).map((value) => rounded(value, "f64"));
    return equal(String(slope), String(found));
  },
};

const steps: Claim = {
  id: "network/all-at-once",
  clause: "NET-9",
  title: "two steps in one go, and the second step from where the first one ended",
  holds: () => {
    const network = { layers: [correlate("K"), relu, maxPool], rate: 1 };
    const given = embedded(exact, staged);
    const [first, second] = run(exact, learning(network, given, 2));
    return equal(all(run(exact, learn(network, { ...given, parameters: first.parameters }))), all(second));
  },
};

/** NET: networks put together from the operators, run exactly. */
export const networkClaims: readonly Claim[] = [
  ...stages,
  residual,
  ...inception,
  ...flattening,
  ...error,
  backward,
  steps,
];
