import fc from "fast-check";
import {
  type ClauseId,
  declarationOf,
  type PoolAttributes,
  resolveWindow,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import { distinctTensor } from "../arbitraries/distinct.ts";
import { poolCall } from "../arbitraries/pool.ts";
import { attempt } from "../attempt.ts";
import type { Invocation } from "../check.ts";
import { expect } from "../expected.ts";
import { judge } from "../verdicts/judge.ts";
import { equalityLaw, type Law } from "./law.ts";
import { concatenate, scaleAdd, select, subsample } from "./rearrange.ts";

type PoolOperator = "max-pool" | "average-pool" | "sum-pool" | "l2-pool";
type Call = Invocation<PoolOperator>;

const V = (call: Call): Tensor => call.inputs.V as Tensor;

const samples = (operator: PoolOperator) => poolCall(operator) as fc.Arbitrary<Call>;

/** The same input under a window of one cell at unit stride. */
const oneCell = (call: Call): Call => {
  const ones = (call.attributes as PoolAttributes).window.map(() => 1);
  return {
    ...call,
    attributes: { ...call.attributes, window: ones, stride: ones, dilation: ones, padding: "valid" as const },
  };
};

const shared = (operator: PoolOperator, clause: ClauseId): Law[] => [
  equalityLaw({
    id: `${operator}/law/stride-subsamples`,
    title: "a stride takes every s-th window of those at unit stride",
    clauses: [clause, "POOL-1"],
    operator,
    samples: poolCall(operator, { roundings: ["floor", "strict"] }) as fc.Arbitrary<Call>,
    sides: async (apply, call) => {
      const { window, stride } = call.attributes as PoolAttributes;
      const { begin, end, extents } = resolveWindow(V(call).shape.slice(2), window, call.attributes);
      const padding = begin.map((cells, axis) => [cells, end[axis]] as const);
      const unit = { ...call.attributes, padding, rounding: "floor" as const, stride: stride.map(() => 1) };
      return [
        await apply(operator, call.inputs, call.attributes),
        subsample(await apply(operator, call.inputs, unit), stride, extents),
      ];
    },
  }),
  equalityLaw({
    id: `${operator}/law/channels-are-apart`,
    title: "every channel of every sample is pooled by itself",
    clauses: [clause],
    operator,
    samples: samples(operator).filter((call) => V(call).shape[0] > 0),
    sides: async (apply, call) => {
      const [N, C] = V(call).shape;
      const rows: Tensor[] = [];
      for (let n = 0; n < N; n++) {
        const row: Tensor[] = [];
        for (let c = 0; c < C; c++) {
          const plane = select(select(V(call), 0, n), 1, c);
          row.push(await apply(operator, { V: plane }, call.attributes));
        }
        rows.push(concatenate(row, 1));
      }
      return [await apply(operator, call.inputs, call.attributes), concatenate(rows, 0)];
    },
  }),
  equalityLaw({
    id: `${operator}/law/one-cell-is-identity`,
    title: "a window of one cell at unit stride gives the input back",
    clauses: [clause],
    operator,
    samples: samples(operator).map(oneCell),
    sides: async (apply, call) => [await apply(operator, call.inputs, call.attributes), V(call)],
  }),
];

/** The sum of all elements. */
const total = ({ data }: Tensor): Tensor => ({
  dtype: "f64",
  shape: [1],
  data: Float64Array.of((data as Float32Array).reduce((sum, value) => sum + value, 0)),
});

const constant = (like: Tensor, value: number): Tensor => ({ ...like, data: like.data.map(() => value) });

const max: Law[] = [
  equalityLaw({
    id: "max-pool/law/shifts-with-its-input",
    title: "adding a constant to the input adds it to every maximum",
    clauses: ["POOL-2"],
    operator: "max-pool",
    samples: fc.tuple(samples("max-pool"), fc.integer({ min: -20, max: 20 })),
    sides: async (apply, [call, by]) => {
      const Z = await apply("max-pool", call.inputs, call.attributes);
      const raised = { V: scaleAdd(1, V(call), constant(V(call), by)) };
      return [await apply("max-pool", raised, call.attributes), scaleAdd(1, Z, constant(Z, by))];
    },
  }),
];

const average: Law[] = [
  equalityLaw({
    id: "average-pool/law/is-correlation",
    title: "an average is the correlation with a constant kernel, divided by its cells",
    clauses: ["POOL-3"],
    operator: "average-pool",
    samples: samples("average-pool").map((call) => {
      // With 1, 2 or 4 cells on an axis the division is exact.
      const window = (call.attributes as PoolAttributes).window.map((r) => [1, 2, 4][r % 3]);
      return {
        ...call,
        attributes: { ...call.attributes, window, padding: "same" as const, divisor: "padded" as const },
      };
    }),
    sides: async (apply, call) => {
      const { window, ...attributes } = call.attributes as PoolAttributes;
      const C = V(call).shape[1];
      const cells = sizeOf(window);
      const ones = constant({ dtype: "f32", shape: [C, 1, ...window], data: new Float32Array(C * cells) }, 1);
      const { stride, dilation, padding } = attributes;
      const sums = await apply(
        "correlate",
        { V: V(call), K: ones },
        { stride, dilation, padding, rounding: "floor", groups: C },
      );
      const Z = await apply("average-pool", call.inputs, { ...call.attributes, rounding: "floor" });
      return [scaleAdd(cells, Z, constant(Z, 0)), sums];
    },
  }),
];

const sum: Law[] = [
  equalityLaw({
    id: "sum-pool/law/is-correlation",
    title: "a sum is the correlation of each channel with a kernel of ones",
    clauses: ["POOL-4"],
    operator: "sum-pool",
    samples: samples("sum-pool"),
    sides: async (apply, call) => {
      const { window, ...attributes } = call.attributes as PoolAttributes;
      const C = V(call).shape[1];
      const ones = constant({ dtype: "f32", shape: [C, 1, ...window], data: new Float32Array(C * sizeOf(window)) }, 1);
      const sums = await apply("correlate", { V: V(call), K: ones }, { ...attributes, groups: C });
      return [await apply("sum-pool", call.inputs, call.attributes), sums];
    },
  }),
  equalityLaw({
    id: "sum-pool/law/tiles-keep-the-total",
    title: "windows that tile the input, the ragged last ones kept, add up to all of it",
    clauses: ["POOL-1", "INV-5"],
    operator: "sum-pool",
    samples: samples("sum-pool").map((call) => {
      const { window } = call.attributes as PoolAttributes;
      const ones = window.map(() => 1);
      const fitting = window.map((r, axis) => Math.min(r, V(call).shape[axis + 2]));
      const attributes = { window: fitting, stride: fitting, dilation: ones, padding: "valid", rounding: "ceil" };
      return { ...call, attributes } as unknown as Call;
    }),
    sides: async (apply, call) => {
      const Z = await apply("sum-pool", call.inputs, call.attributes);
      return [total(Z), total(V(call))];
    },
  }),
];

const norm: Law[] = [
  equalityLaw({
    id: "l2-pool/law/one-cell-is-absolute",
    title: "a window of one cell at unit stride gives the absolute value",
    clauses: ["POOL-5"],
    operator: "l2-pool",
    samples: samples("l2-pool").map(oneCell),
    sides: async (apply, call) => {
      const absolute = { ...V(call), data: (V(call).data as Float32Array).map(Math.abs) };
      return [await apply("l2-pool", call.inputs, call.attributes), absolute];
    },
  }),
  equalityLaw({
    id: "l2-pool/law/scales",
    title: "an input twice as large, with the other sign, has norms twice as large",
    clauses: ["POOL-5"],
    operator: "l2-pool",
    samples: samples("l2-pool"),
    sides: async (apply, call) => {
      const Z = await apply("l2-pool", call.inputs, call.attributes);
      const doubled = { V: scaleAdd(-2, V(call), constant(V(call), 0)) };
      return [await apply("l2-pool", doubled, call.attributes), scaleAdd(2, Z, constant(Z, 0))];
    },
  }),
];

const weighted: Law[] = [
  {
    id: "weighted-pool/law/two-cells-weigh-alike",
    title: "in a window of at most two cells on each axis all are as far from the centre: it is the average",
    clauses: ["POOL-6"],
    operator: "weighted-pool",
    dtype: "f32",
    samples: poolCall("weighted-pool", { taps: [2, 2, 2] }),
    holds: (backend, sample) => {
      const call = sample as Invocation<"weighted-pool">;
      const attributes = { ...call.attributes, divisor: "valid" as const };
      const average = expect({ operator: "average-pool", inputs: call.inputs, attributes });
      const own = expect(call);
      const expected = { Z: { ...own.Z, values: average.Z.values } };
      return attempt(backend, call, (outputs) =>
        judge(call, expected, outputs, declarationOf(backend, "weighted-pool")),
      );
    },
  },
];

/** Distinct integers: no two tie. */
const untied = (call: Call): fc.Arbitrary<Call> =>
  distinctTensor(V(call).shape).map((drawn) => ({ ...call, inputs: { V: drawn } }));

const winners: Law[] = [
  equalityLaw({
    id: "max-pool-winners/law/stand-at-the-maximum",
    title: "what stands at the winners' places is the maximum",
    clauses: ["POOL-11", "POOL-2"],
    operator: "max-pool-winners",
    samples: samples("max-pool").filter((call) => V(call).shape[0] > 0),
    sides: async (apply, call) => {
      const Z = await apply("max-pool", call.inputs, call.attributes);
      const W = await apply("max-pool-winners", call.inputs, call.attributes);
      const plane = sizeOf(V(call).shape.slice(2));
      const window = sizeOf(Z.shape.slice(2));
      const data = (W.data as Float32Array).map((place, at) =>
        place < 0 ? Number.NEGATIVE_INFINITY : V(call).data[Math.floor(at / window) * plane + place],
      );
      return [{ ...Z, data }, Z];
    },
  }),
  equalityLaw({
    id: "max-pool-winners/law/order-alone-matters",
    title: "winners depend on the order of the elements, not on their size",
    clauses: ["POOL-11"],
    operator: "max-pool-winners",
    samples: samples("max-pool").chain(untied),
    sides: async (apply, call) => {
      const cubes = { ...V(call), data: (V(call).data as Float32Array).map((value) => value ** 3 - 5) };
      return [
        await apply("max-pool-winners", call.inputs, call.attributes),
        await apply("max-pool-winners", { V: cubes }, call.attributes),
      ];
    },
  }),
];

export const poolLaws: readonly Law[] = [
  ...shared("max-pool", "POOL-2"),
  ...shared("average-pool", "POOL-3"),
  ...shared("sum-pool", "POOL-4"),
  ...shared("l2-pool", "POOL-5").filter(({ id }) => !id.endsWith("one-cell-is-identity")),
  ...max,
  ...average,
  ...sum,
  ...norm,
  ...weighted,
  ...winners,
] as Law[];
