import { encode, indexAt, type StoredInputs } from "../../reference/index.ts";
import {
  ConstraintError,
  type OperatorName,
  operatorNamed,
  operatorNames,
  type Shape,
  type Tensor,
} from "../../spec/index.ts";
import { along, isIn, long } from "../arbitraries/shapes.ts";
import { type Change, type Fault, fault, type Outputs, statefulFault } from "./fault.ts";
import { toDigits } from "./kernels/digits.ts";

type Any = OperatorName;

/** What an operator is called whose attributes, where it has any, follow from the shapes of inputs and outputs. */
const shapesDecide = /^(adaptive-|channel-pool|relu|dense|add$|concatenate$)|bias-gradient$/;

const first = (inputs: StoredInputs): Tensor => Object.values(inputs).find((tensor) => tensor !== undefined) as Tensor;

const mapped = (outputs: Outputs, change: (tensor: Tensor) => Tensor): Outputs =>
  Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, change(tensor)]));

const shapesOf = (inputs: StoredInputs): string =>
  JSON.stringify(Object.entries(inputs).map(([name, tensor]) => [name, tensor?.shape, tensor?.dtype]));

const sameShapes = (a: Outputs, b: Outputs): boolean =>
  Object.entries(a).every(([name, { shape }]) => String(shape) === String(b[name]?.shape));

/** Any result of a shape that can be made, for a call that should have been refused. */
const something = (operator: Any, inputs: StoredInputs): Outputs =>
  Object.fromEntries(
    operatorNamed(operator).outputs.map((name): [string, Tensor] => [
      name,
      encode("f32", [1] as Shape, [Object.keys(inputs).length]),
    ]),
  );

/** A plan that is made for the attributes of a call, and found again by the shapes of its inputs alone. */
const attributed = (operator: Any, caughtBy: string): Fault<Any>[] =>
  shapesDecide.test(operator)
    ? []
    : [
        statefulFault<Any>(operator, "plan-cached-by-shape", {
          title: "a plan is cached by the shapes of the inputs: other attributes find that of the first",
          models: "tensorflow/tfjs#2507",
          smallest: "the same shapes twice, another attribute",
          caughtBy,
          plant: () => {
            const plans = new Map<string, object>();
            return (run, inputs, a) => {
              const right = run(inputs, a);
              const key = shapesOf(inputs);
              const planned = plans.get(key) ?? a;
              plans.set(key, planned);
              try {
                const made = run(inputs, planned as typeof a);
                return sameShapes(right, made) ? made : right;
              } catch {
                return right;
              }
            };
          },
        }),
      ];

/** The last of 8k + 1 results along any axis. */
const remainder = (operator: Any): Fault<Any> =>
  fault<Any>(operator, "remainder-of-one", {
    title: "of 8k + 1 results along an axis the last is not computed",
    models: "microsoft/onnxruntime#23085",
    smallest: "an axis of 9",
    caughtBy: `${operator}/law/every-extent`,
    change: (run, inputs, a) =>
      mapped(run(inputs, a), (tensor) => {
        const { shape, data } = tensor;
        const isLast = (at: number): boolean =>
          indexAt(shape, at).some((x, axis) => shape[axis] > 8 && shape[axis] % 8 === 1 && x === shape[axis] - 1);
        return { ...tensor, data: data.map((value, at) => (isLast(at) ? 0 : value)) };
      }),
  });

/** Sums in half precision wherever a tensor is long enough for a path of its own. */
const longInHalf = (operator: Any): Fault<Any> =>
  fault<Any>(operator, "long-sums-in-half", {
    title: "calls of more than 2,048 elements are summed in half precision",
    models: "huggingface/candle#3719",
    smallest: "a sum of 2,049 terms",
    caughtBy: `${operator}/law/long-sum`,
    change: (run, inputs, a) => {
      const isLong = Object.values(inputs).some((tensor) => (tensor?.data.length ?? 0) > 2048);
      return isLong
        ? run(inputs, a, (of) => ({ ...of, add: (left, right) => toDigits(of.add(left, right), 11) }))
        : run(inputs, a);
    },
  });

/** Faults that any operator can have: in what it refuses, in what it remembers, in what it leaves undone. */
const faultsOf = (operator: Any): Fault[] => {
  const reference = `${operator}/law/reference-exact`;
  const state = (name: string) => `${operator}/state/${name}`;
  const change = (
    name: string,
    title: string,
    smallest: string,
    caughtBy: string,
    plant: Change<Any>,
    valueless = false,
  ) => fault<Any>(operator, name, { title, smallest, caughtBy, valueless, change: plant });
  return [
    change(
      "accepts-anything",
      "bad calls are not refused",
      "a call that violates a constraint",
      `${operator}/constraint`,
      (run, inputs, a) => {
        try {
          return run(inputs, a);
        } catch (thrown) {
          if (thrown instanceof ConstraintError) return something(operator, inputs);
          throw thrown;
        }
      },
      true,
    ),
    change(
      "last-element-unwritten",
      "the last element of the output is not written",
      "any",
      reference,
      (run, inputs, a) =>
        mapped(run(inputs, a), (tensor) => ({
          ...tensor,
          data: tensor.data.map((value, at) => (at === tensor.data.length - 1 ? 0 : value)),
        })),
    ),
    change(
      "offset-ignored",
      "the offset of an input within its buffer is ignored",
      "a view of a larger buffer",
      state("views"),
      (run, inputs, a) => {
        const moved = Object.entries(inputs).map(([name, tensor]) => {
          if (tensor === undefined) return [name, tensor];
          const typed = tensor.data.constructor as Float32ArrayConstructor;
          const data = new typed(tensor.data.buffer as ArrayBuffer, 0, tensor.data.length);
          return [name, { ...tensor, data }];
        });
        return run(Object.fromEntries(moved), a);
      },
    ),
    statefulFault<Any>(operator, "cached-by-shape", {
      title: "results are cached by the shapes of the inputs",
      models: "tensorflow/tfjs#2507, microsoft/onnxruntime#24388",
      smallest: "the same shapes twice, another attribute or other values",
      caughtBy: state("changed-in-place"),
      plant: () => {
        const cache = new Map<string, Outputs>();
        return (run, inputs, a) => {
          const key = shapesOf(inputs);
          const right = run(inputs, a);
          const cached = cache.get(key);
          if (cached !== undefined && sameShapes(right, cached))
            return mapped(cached, (tensor) => ({ ...tensor, data: tensor.data.slice() }));
          cache.set(
            key,
            mapped(right, (tensor) => ({ ...tensor, data: tensor.data.slice() })),
          );
          return right;
        };
      },
    }),
    ...attributed(operator, state("other-attribute")),
    ...(isIn(operator, along(2)) ? [remainder(operator)] : []),
    ...(isIn(operator, long) ? [longInHalf(operator)] : []),
    statefulFault<Any>(operator, "content-cached-by-address", {
      title: "an input that was seen before is not read again, though its content has changed",
      smallest: "weights changed in place",
      caughtBy: state("changed-in-place"),
      plant: () => {
        const seen = new WeakMap<object, Tensor["data"]>();
        return (run, inputs, a) => {
          const remembered = Object.entries(inputs).map(([name, tensor]) => {
            if (tensor === undefined) return [name, tensor];
            const data = seen.get(tensor.data) ?? tensor.data.slice();
            seen.set(tensor.data, data);
            return [name, { ...tensor, data }];
          });
          return run(Object.fromEntries(remembered), a);
        };
      },
    }),
    statefulFault<Any>(operator, "output-buffer-reused", {
      title: "the output buffer is reused by the next call",
      models: "ggml-org/ggml#591",
      smallest: "two calls, the first result kept",
      caughtBy: state("results-kept"),
      plant: () => {
        const pool = new Map<string, Tensor["data"]>();
        return (run, inputs, a) =>
          Object.fromEntries(
            Object.entries(run(inputs, a)).map(([name, tensor]) => {
              const key = `${name} ${tensor.dtype} ${tensor.data.length}`;
              const data = pool.get(key) ?? tensor.data.slice();
              data.set(tensor.data);
              pool.set(key, data);
              return [name, { ...tensor, data }];
            }),
          );
      },
    }),
    statefulFault<Any>(operator, "output-not-cleared", {
      title: "an output is accumulated onto what the buffer held before",
      models: "ggml-org/ggml#591, openvinotoolkit/openvino#38208",
      smallest: "large, then small",
      caughtBy: state("small-after-large"),
      plant: () => {
        let left: number[] = [];
        return (run, inputs, a) =>
          mapped(run(inputs, a), (tensor) => {
            const stale = left.length > tensor.data.length ? left : [];
            left = Array.from(tensor.data);
            const data = tensor.data.map((value, at) => value + (stale[at] ?? 0));
            return { ...tensor, data };
          });
      },
    }),
    statefulFault<Any>(operator, "concurrent-inputs", {
      title: "concurrent calls see each other's inputs",
      models: "arrayfire/arrayfire#3711",
      smallest: "two calls at once",
      caughtBy: state("concurrent"),
      plant: () => {
        let latest: StoredInputs = {};
        return async (run, inputs, a) => {
          latest = inputs;
          run(inputs, a);
          await Promise.resolve();
          return run(shapesOf(latest) === shapesOf(inputs) ? latest : inputs, a);
        };
      },
    }),
    statefulFault<Any>(operator, "race", {
      title: "a race: every so often the bits differ from call to call",
      models: "iree-org/iree#22669",
      smallest: "many repeats, bits compared",
      caughtBy: state("twice"),
      plant: () => {
        let calls = 0;
        return (run, inputs, a) => {
          calls += 1;
          const odd = calls % 2 === 0;
          return mapped(run(inputs, a), (tensor) => ({
            ...tensor,
            data: tensor.data.map((value) => (odd ? value + 1 : value)),
          }));
        };
      },
    }),
    statefulFault<Any>(operator, "thread-boundary", {
      title: "the last element of a thread's share is left to nobody",
      smallest: "two threads",
      caughtBy: state("threads"),
      plant: (threads) => (run, inputs, a) =>
        mapped(run(inputs, a), (tensor) => {
          const share = Math.ceil(tensor.data.length / threads);
          return {
            ...tensor,
            data: tensor.data.map((value, at) => (at === share - 1 && threads > 1 ? value + 1 : value)),
          };
        }),
    }),
    change(
      "writes-input",
      "an input is written to",
      "any",
      reference,
      (run, inputs, a) => {
        const outputs = run(inputs, a);
        const { data } = first(inputs);
        if (data.length > 0) data[0] += 1;
        return outputs;
      },
      true,
    ),
  ] as unknown as Fault[];
};

export const anyFaults: readonly Fault[] = operatorNames.flatMap(faultsOf);
