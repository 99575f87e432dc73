import { indexAt, type StoredInputs } from "../../reference/index.ts";
import { type OperatorName, operatorNames, type Tensor, UnsupportedError, zeros } from "../../spec/index.ts";
import { inRows, isIn, past } from "../arbitraries/shapes.ts";
import { hasNaNLaw } from "../laws/nan.ts";
import { type Fault, fault } from "./fault.ts";
import { each, tensors, withoutLast } from "./tensors.ts";

type Any = OperatorName;

/** The inputs of single and double precision with every value replaced. */
const withValues = (inputs: StoredInputs, change: (value: number) => number): StoredInputs =>
  Object.fromEntries(
    tensors(inputs).map(([name, tensor]) => [
      name,
      tensor.dtype === "f16" ? tensor : { ...tensor, data: tensor.data.map(change) },
    ]),
  );

/** Large inputs with 0 for every NaN in the last of their channels, or in their last element where they have one axis. */
const withoutLastNaNs = (inputs: StoredInputs): StoredInputs =>
  Object.fromEntries(
    tensors(inputs).map(([name, tensor]) => {
      const { shape, data, dtype } = tensor;
      if (dtype === "f16" || data.length <= 100) return [name, tensor];
      const axis = Math.min(1, shape.length - 1);
      const isLast = (at: number) => indexAt(shape, at)[axis] === shape[axis] - 1;
      return [name, { ...tensor, data: data.map((value, at) => (Number.isNaN(value) && isLast(at) ? 0 : value)) }];
    }),
  );

/** Inputs of many samples with 0 for every NaN, but for the first sample and for the ends of the others. */
const withoutNaNsInside = (inputs: StoredInputs): StoredInputs =>
  Object.fromEntries(
    tensors(inputs).map(([name, tensor]) => {
      const { shape, data, dtype } = tensor;
      if (dtype === "f16" || shape[0] < 8) return [name, tensor];
      const size = data.length / shape[0];
      const isInside = (at: number) => at >= size && at % size !== size - 1;
      return [name, { ...tensor, data: data.map((value, at) => (Number.isNaN(value) && isInside(at) ? 0 : value)) }];
    }),
  );

/** Faults in how the form of a call is respected: what is written to, what comes back. */
const forms = (operator: Any): Fault<Any>[] => {
  const caughtBy = `${operator}/law/reference-exact`;
  return [
    fault<Any>(operator, "attributes-reversed-in-place", {
      title: "the lists among the attributes are reversed in place: the next call with them is another",
      smallest: "stride [1, 2]",
      caughtBy,
      valueless: true,
      change: (run, inputs, a) => {
        const outputs = run(inputs, a);
        for (const value of Object.values(a)) if (Array.isArray(value)) value.reverse();
        (tensors(inputs)[0][1].shape as number[]).reverse();
        return outputs;
      },
    }),
    fault<Any>(operator, "workspace-among-the-outputs", {
      title: "what was needed on the way comes back among the outputs",
      smallest: "any",
      caughtBy,
      valueless: true,
      change: (run, inputs, a) => ({ ...run(inputs, a), workspace: zeros("f32", [1]) }),
    }),
    fault<Any>(operator, "doubles-called-single", {
      title: "results are stored in double precision and called single",
      smallest: "any",
      caughtBy,
      valueless: true,
      change: (run, inputs, a) =>
        each(run(inputs, a), (tensor) =>
          tensor.dtype === "f32" ? { ...tensor, data: Float64Array.from(tensor.data) } : tensor,
        ),
    }),
  ];
};

const isConstant = ({ data }: Tensor): boolean => data.length > 1 && data.every((value) => value === data[0]);

/** Operators whose special values have no law: their formulas may be arranged in several ways. */
const arranged = /^batch-norm|^l2-pool-gradient$/;

/** Faults that depend on the values, or on several extents at once. */
const conditions = (operator: Any): Fault<Any>[] => [
  ...(arranged.test(operator)
    ? []
    : [
        fault<Any>(operator, "not-finite-read-as-zero", {
          title: "what is not finite in an input is read as zero",
          smallest: "one NaN",
          caughtBy: `${operator}/law/reference-special`,
          change: (run, inputs, a) => {
            const right = run(inputs, a);
            const isSpecial = tensors(inputs).some(
              ([, { data, dtype }]) => dtype !== "f16" && !data.every(Number.isFinite),
            );
            return isSpecial
              ? run(
                  withValues(inputs, (value) => (Number.isFinite(value) ? value : 0)),
                  a,
                )
              : right;
          },
        }),
      ]),
  ...(arranged.test(operator) || /^(weighted-pool|l2-pool$)/.test(operator)
    ? []
    : [
        fault<Any>(operator, "range-narrowed", {
          title: "inputs beyond 10^30 are clamped, and those below 10^−30 taken as zero",
          smallest: "one input of 10^31",
          caughtBy: `${operator}/law/reference-extreme`,
          change: (run, inputs, a) =>
            run(
              withValues(inputs, (value) =>
                Math.abs(value) < 1e-30 ? 0 : Math.abs(value) > 1e30 ? Math.sign(value) * 1e30 : value,
              ),
              a,
            ),
        }),
      ]),
  ...(/^(weighted|l2)-pool/.test(operator)
    ? [
        fault<Any>(operator, "kept-from-zero", {
          title: "inputs are kept away from zero by 10^−12",
          smallest: "one input of 10^−12",
          caughtBy: `${operator}/law/reference-small`,
          change: (run, inputs, a) =>
            run(
              withValues(inputs, (value) => value + Math.sign(value) * 1e-12),
              a,
            ),
        }),
      ]
    : []),
  fault<Any>(operator, "constant-input-cut-short", {
    title: "where all elements of an input are equal, a short cut gets the last result wrong",
    smallest: "an input of ones",
    caughtBy: `${operator}/law/reference-patterned`,
    change: (run, inputs, a) =>
      tensors(inputs).some(([, tensor]) => isConstant(tensor)) ? withoutLast(run(inputs, a)) : run(inputs, a),
  }),
  ...(isIn(operator, past)
    ? [
        fault<Any>(operator, "remainder-of-blocks", {
          title: "where an input has over 100 elements, five or more along two axes, the last block is not finished",
          smallest: "11 × 11 elements",
          caughtBy: `${operator}/law/several-extents`,
          change: (run, inputs, a) => {
            const isBlocked = tensors(inputs).some(
              ([, { shape, data }]) => data.length > 100 && shape.filter((extent) => extent >= 5).length > 1,
            );
            return isBlocked ? withoutLast(run(inputs, a)) : run(inputs, a);
          },
        }),
      ]
    : []),
  ...(hasNaNLaw(operator)
    ? [
        fault<Any>(operator, "nan-in-remainder-lost", {
          title: "where an input has over 100 elements, a NaN in its last channel counts as 0",
          smallest: "5 channels of 5 × 5 elements, the last one NaN",
          caughtBy: `${operator}/law/nan-reaches`,
          change: (run, inputs, a) => run(withoutLastNaNs(inputs), a),
        }),
      ]
    : []),
  ...(hasNaNLaw(operator) && isIn(operator, inRows)
    ? [
        fault<Any>(operator, "nan-inside-lost", {
          title: "of eight samples or kernels and more, a NaN that is not at the end of one counts as 0",
          smallest: "8 samples of 2 elements, the first one of the last sample NaN",
          caughtBy: `${operator}/law/nan-reaches`,
          change: (run, inputs, a) => run(withoutNaNsInside(inputs), a),
        }),
      ]
    : []),
];

/** Operators that slide with a stride of their own. */
const strided: readonly Any[] = ["correlate", "convolve", "correlate-transpose", "max-pool", "average-pool", "tiled"];

const refusals: readonly Fault<Any>[] = strided.map((operator) =>
  fault<Any>(operator, "stride-as-words", {
    title: "strides that are words are read as numbers, not refused",
    smallest: 'stride ["2"]',
    caughtBy: `${operator}/law/refuses-spoiled`,
    valueless: true,
    change: (run, inputs, a) => {
      const { stride } = a as { readonly stride: readonly unknown[] };
      if (!Array.isArray(stride)) return run(inputs, a);
      return run(inputs, { ...a, stride: stride.map((s) => (typeof s === "string" ? Number(s) : s)) } as typeof a);
    },
  }),
);

/** Wrong where a sweep goes on after a call that is not supported. */
const partly: readonly Fault<Any>[] = (["correlate", "convolve"] as const).map((operator) =>
  fault<Any>(operator, "no-groups-and-narrow", {
    title: "groups are not supported, and results past the ninth column are wrong",
    smallest: "a row of 10",
    caughtBy: `${operator}/law/every-extent`,
    change: (run, inputs, a) => {
      if ((a as { readonly groups: number }).groups > 1) throw new UnsupportedError("groups");
      return each(run(inputs, a), (tensor) => {
        const columns = tensor.shape[tensor.shape.length - 1];
        return { ...tensor, data: tensor.data.map((value, at) => (at % columns > 8 ? value + 1 : value)) };
      });
    },
  }),
);

/** A result that is its input: what is written into one is in the other. */
const aliases: readonly Fault[] = [
  fault("relu", "nothing-to-do", {
    title: "an input without negative elements is given back as the result",
    smallest: "one positive element",
    caughtBy: "relu/law/reference-patterned",
    valueless: true,
    change: (run, inputs, a) => {
      const { Z } = run(inputs, a);
      const { V } = inputs as { readonly V: Tensor };
      return { Z: V.data.every((value, at) => Object.is(value, Z.data[at])) ? { ...V } : Z };
    },
  }) as unknown as Fault,
];

/**
 * Faults that suites which were complete by every list have missed: they show only for some values, past several
 * extents at once, or in what surrounds the values.
 */
export const rareFaults = [
  ...operatorNames.flatMap((operator) => [...forms(operator), ...conditions(operator)]),
  ...refusals,
  ...partly,
  ...aliases,
] as unknown as readonly Fault[];
