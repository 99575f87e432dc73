import fc from "fast-check";
import { type ClauseId, type PoolAttributes, resolveWindow, sizeOf, type Tensor } from "../../spec/index.ts";
import { poolCall } from "../arbitraries/pool.ts";
import type { Invocation } from "../check.ts";
import { equalityLaw, type Law } from "./law.ts";
import { concatenate, scaleAdd, select, subsample } from "./rearrange.ts";

type PoolOperator = "max-pool" | "average-pool";
type Call = Invocation<PoolOperator>;

const V = (call: Call): Tensor => call.inputs.V as Tensor;

const samples = (operator: PoolOperator) => poolCall(operator) as fc.Arbitrary<Call>;

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
    samples: samples(operator).map((call) => {
      const ones = (call.attributes as PoolAttributes).window.map(() => 1);
      return {
        ...call,
        attributes: { ...call.attributes, window: ones, stride: ones, dilation: ones, padding: "valid" as const },
      };
    }),
    sides: async (apply, call) => [await apply(operator, call.inputs, call.attributes), V(call)],
  }),
];

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

export const poolLaws: readonly Law[] = [
  ...shared("max-pool", "POOL-2"),
  ...shared("average-pool", "POOL-3"),
  ...max,
  ...average,
] as Law[];
