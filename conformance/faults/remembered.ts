import type { StoredInputs } from "../../reference/index.ts";
import { type OperatorName, operatorNames, type Tensor, zeros } from "../../spec/index.ts";
import { alike, isIn } from "../arbitraries/shapes.ts";
import { type Fault, type Outputs, statefulFault } from "./fault.ts";
import { each, tensors, withoutLast } from "./tensors.ts";

type Any = OperatorName;

const copied = (outputs: Outputs): Outputs => each(outputs, (tensor) => ({ ...tensor, data: tensor.data.slice() }));

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

/** Faults of any operator in what is remembered between calls, that shows late. */
export const rememberedFaults = operatorNames.flatMap(remembering) as unknown as readonly Fault[];
