import { indexAt, type StoredInputs } from "../../reference/index.ts";
import { type OperatorName, operatorNames, type Tensor, UnsupportedError, zeros } from "../../spec/index.ts";
import { alike, inRows, isIn, past } from "../arbitraries/shapes.ts";
import { hasNaNLaw } from "../laws/nan.ts";
import { type Fault, fault, type Outputs, statefulFault } from "./fault.ts";

type Any = OperatorName;

const tensors = (inputs: StoredInputs): [string, Tensor][] =>
  Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);

const each = (outputs: Outputs, change: (tensor: Tensor) => Tensor): Outputs =>
  Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, change(tensor)]));

const copied = (outputs: Outputs): Outputs => each(outputs, (tensor) => ({ ...tensor, data: tensor.data.slice() }));

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

const withoutLast = (outputs: Outputs): Outputs =>
  each(outputs, (tensor) => ({
    ...tensor,
    data: tensor.data.map((value, at) => (at === tensor.data.length - 1 ? value + 1 : value)),
  }));

const typesOf = (inputs: StoredInputs, attributes: object): string =>
  JSON.stringify([tensors(inputs).map(([name, { shape, dtype }]) => [name, shape, dtype]), attributes]);

const contentOf = (inputs: StoredInputs): string =>
  tensors(inputs)
    .map(([, { data }]) => Array.from(data, (value) => (Object.is(value, -0) ? "-0" : value)).join())
    .join(" ");

const checksumOf = (inputs: StoredInputs): string =>
  tensors(inputs)
    .map(([, { data }]) => Array.from(data).reduce((total, value) => total + value, 0))
    .join(" ");

/** Faults in what is remembered, that a second and a third call do not show. */
const remembering = (operator: Any): Fault<Any>[] => {
  const state = (name: string) => `${operator}/state/${name}`;
  const remember = (
    name: string,
    title: string,
    smallest: string,
    caughtBy: string,
    plant: Fault<Any>["plant"],
  ): Fault<Any> => statefulFault<Any>(operator, name, { title, smallest, caughtBy: state(caughtBy), plant });
  return [
    remember(
      "results-take-turns",
      "four result buffers take turns: the fifth call writes into the result of the first",
      "five calls of the same shapes, the first result kept",
      "results-kept",
      () => {
        const rings = new Map<string, Tensor["data"][]>();
        let calls = 0;
        return (run, inputs, a) => {
          const turn = calls++ % 4;
          return Object.fromEntries(
            Object.entries(run(inputs, a)).map(([name, tensor]) => {
              const key = `${name} ${tensor.dtype} ${tensor.data.length}`;
              const ring = rings.get(key) ?? [];
              rings.set(key, ring);
              ring[turn] ??= tensor.data.slice();
              ring[turn].set(tensor.data);
              return [name, { ...tensor, data: ring[turn] }];
            }),
          );
        };
      },
    ),
    remember(
      "result-kept-and-given-again",
      "a result is kept and given again: what its reader wrote into it is in the next",
      "the same call twice, the first result written to",
      "twice",
      () => {
        const kept = new Map<string, Outputs>();
        return (run, inputs, a) => {
          const key = `${typesOf(inputs, a)} ${contentOf(inputs)}`;
          const outputs = kept.get(key) ?? run(inputs, a);
          kept.set(key, outputs);
          return outputs;
        };
      },
    ),
    remember(
      "wrong-from-the-tenth-call",
      "the plan that is made after nine calls of the same shapes is wrong at the end",
      "ten calls of the same shapes",
      "twice",
      () => {
        const calls = new Map<string, number>();
        return (run, inputs, a) => {
          const key = typesOf(inputs, a);
          const times = (calls.get(key) ?? 0) + 1;
          calls.set(key, times);
          return times < 10 ? run(inputs, a) : withoutLast(run(inputs, a));
        };
      },
    ),
    remember(
      "cached-by-checksum",
      "results are cached by the sums of the inputs: elements that change places are not noticed",
      "two elements exchanged",
      "changed-in-place",
      () => {
        const cache = new Map<string, Outputs>();
        return (run, inputs, a) => {
          const key = `${typesOf(inputs, a)} ${checksumOf(inputs)}`;
          const outputs = cache.get(key) ?? run(inputs, a);
          cache.set(key, copied(outputs));
          return copied(outputs);
        };
      },
    ),
    remember(
      "content-cached-by-buffer",
      "an input is known by its buffer, and not by its place there: another one in the same buffer is not read",
      "two weights in one buffer",
      "views",
      () => {
        const seen = new WeakMap<object, Map<number, Tensor["data"]>>();
        return (run, inputs, a) =>
          run(
            Object.fromEntries(
              tensors(inputs).map(([name, tensor]) => {
                const own = seen.get(tensor.data.buffer) ?? new Map<number, Tensor["data"]>();
                seen.set(tensor.data.buffer, own);
                const data = own.get(tensor.data.length) ?? tensor.data.slice();
                own.set(tensor.data.length, data);
                return [name, { ...tensor, data }];
              }),
            ),
            a,
          );
      },
    ),
    remember(
      "workspaces-take-turns",
      "four workspaces take turns: of five calls at once, the first sees what the fifth was given",
      "five calls at once",
      "concurrent",
      () => {
        const workspaces: StoredInputs[] = [];
        let calls = 0;
        return async (run, inputs, a) => {
          const turn = calls++ % 4;
          run(inputs, a);
          workspaces[turn] = inputs;
          await Promise.resolve();
          const found = workspaces[turn];
          return run(typesOf(found, a) === typesOf(inputs, a) ? found : inputs, a);
        };
      },
    ),
    ...(isIn(operator, alike) ? [plannedByResult(operator)] : []),
  ];
};

/** The inputs as what is at their addresses looks like under other shapes. */
const reshaped = (inputs: StoredInputs, others: StoredInputs): StoredInputs =>
  Object.fromEntries(
    tensors(inputs).map(([name, tensor]) => {
      const shape = others[name]?.shape ?? tensor.shape;
      const moved = zeros(tensor.dtype, shape);
      moved.data.set(tensor.data.slice(0, moved.data.length) as never);
      return [name, moved];
    }),
  );

const formOf = (outputs: Outputs): string =>
  JSON.stringify(Object.entries(outputs).map(([name, { shape, dtype }]) => [name, shape, dtype]));

/** A plan knows where each element stands that a result is made of. */
const plannedByResult = (operator: Any): Fault<Any> =>
  statefulFault<Any>(operator, "plan-cached-by-result", {
    title: "a plan is cached by the shapes of the results: other extents and attributes find that of the first",
    smallest: "two calls that give one shape, of other extents",
    caughtBy: `${operator}/state/other-attribute`,
    plant: () => {
      const plans = new Map<string, readonly [StoredInputs, object]>();
      return (run, inputs, a) => {
        const right = run(inputs, a);
        const key = formOf(right);
        const [planned, attributes] = plans.get(key) ?? [inputs, a];
        plans.set(key, [planned, attributes]);
        try {
          const made = run(reshaped(inputs, planned), attributes as typeof a);
          return formOf(made) === key ? made : right;
        } catch {
          return right;
        }
      };
    },
  });

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
 * Faults that suites which were complete by every list have missed: they show only from the tenth call on, for some
 * values, past several extents at once, or in what surrounds the values.
 */
export const rareFaults: Readonly<Record<"once" | "remembered", readonly Fault[]>> = {
  once: [
    ...operatorNames.flatMap((operator) => [...forms(operator), ...conditions(operator)]),
    ...refusals,
    ...partly,
    ...aliases,
  ] as unknown as Fault[],
  remembered: operatorNames.flatMap(remembering) as unknown as Fault[],
};
