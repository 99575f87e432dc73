import fc from "fast-check";
import {
  type Backend,
  declarationOf,
  type OperatorName,
  operatorNamed,
  operatorNames,
  type Tensor,
} from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import { attempt, verdictOn } from "../attempt.ts";
import type { Check, Invocation, Verdict } from "../check.ts";
import { invoke, sameBits } from "../invoke.ts";
import { againstReference, allHold } from "../oracle.ts";

/** Calls of an operator drawn from a seed, none of them empty. */
const sample = (operator: OperatorName, seed: number, count: number): Invocation[] =>
  fc.sample(
    drawnCall(operator).filter((call) => tensorsOf(call).every(([, { data }]) => data.length > 0)),
    { seed, numRuns: count },
  );

const tensorsOf = ({ inputs }: Invocation): [string, Tensor][] =>
  Object.entries(inputs).filter((entry): entry is [string, Tensor] => entry[1] !== undefined);

/** The same call with every value of its inputs replaced: one input alone might not change the result. */
const withOthers = (call: Invocation, change: (value: number) => number): Invocation => ({
  ...call,
  inputs: Object.fromEntries(
    tensorsOf(call).map(([name, tensor]) => [name, { ...tensor, data: tensor.data.map(change) }]),
  ),
});

const size = (call: Invocation): number => tensorsOf(call).reduce((total, [, { data }]) => total + data.length, 0);

const said = (verdict: Verdict, when: string): Verdict =>
  verdict.status === "fail"
    ? { ...verdict, failure: { ...verdict.failure, message: `${when}: ${verdict.failure.message}` } }
    : verdict;

interface StateCheck {
  readonly name: string;
  readonly title: string;
  run(backend: Backend, operator: OperatorName, seed: number): Promise<Verdict>;
}

const twice: StateCheck = {
  name: "twice",
  title: "the same call gives the same bits again",
  run: (backend, operator, seed) => {
    const [call] = sample(operator, seed, 1);
    if (declarationOf(backend, operator).deterministic === false) return againstReference(backend, call);
    return attempt(backend, call, async (first) => {
      const before = Object.entries(first).map(
        ([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }] as const,
      );
      const second = await invoke(backend, call);
      const changed = before.find(([name, tensor]) => !sameBits(tensor, second[name]));
      if (changed)
        return {
          status: "fail",
          failure: { message: `${changed[0]} has other bits the second time`, invocation: call },
        };
      return { status: "pass", margin: 0 };
    });
  },
};

const smallAfterLarge: StateCheck = {
  name: "small-after-large",
  title: "a small call after a large one is not disturbed by what it left behind",
  run: (backend, operator, seed) => {
    const calls = sample(operator, seed, 20).sort((a, b) => size(b) - size(a));
    return allHold(calls.map((call) => async () => said(await againstReference(backend, call), "after a larger call")));
  },
};

const resultsKept: StateCheck = {
  name: "results-kept",
  title: "a result is not overwritten by the next call",
  run: (backend, operator, seed) => {
    const calls = sample(operator, seed, 6);
    const made = (call: Invocation) => attempt(backend, call, () => ({ status: "pass", margin: 0 }));
    const kept = (call: Invocation, at: number) => () =>
      attempt(backend, call, async (outputs) => {
        const copies = Object.entries(outputs).map(
          ([name, tensor]) => [name, tensor, { ...tensor, data: tensor.data.slice() }] as const,
        );
        await made(withOthers(call, (value) => -value - 1));
        await made(calls[(at + 1) % calls.length]);
        const lost = copies.find(([, tensor, copy]) => !sameBits(tensor, copy));
        if (lost)
          return {
            status: "fail",
            failure: { message: `a later call wrote into ${lost[0]} of an earlier one`, invocation: call },
          };
        return { status: "pass", margin: 0 };
      });
    return allHold(calls.map(kept));
  },
};

/** As much padding on each axis, on other sides: the shape of the result stays. */
const shifted = (padding: unknown): unknown =>
  Array.isArray(padding)
    ? padding.map(([begin, end]: [number, number]) =>
        begin === end && begin > 0 ? [begin + 1, end - 1] : [end, begin],
      )
    : "same-lower";

/** The same inputs under each other attribute that is valid for them. */
function* otherAttributes(call: Invocation): Generator<Invocation> {
  const attributes = call.attributes as unknown as Readonly<Record<string, unknown>>;
  const numbers = (name: string): number[] => (attributes[name] as number[] | undefined) ?? [];
  const changes: Readonly<Record<string, unknown>>[] = [
    { stride: numbers("stride").map((s) => s + 1) },
    { stride: numbers("stride").toReversed() },
    { dilation: numbers("dilation").map(() => 1) },
    { padding: "same" },
    { padding: "same-lower" },
    { padding: "valid" },
    { padding: shifted(attributes.padding) },
    { rounding: "ceil" },
    { divisor: "padded" },
    { groups: 1 },
  ].filter((change) => Object.keys(change)[0] in attributes);
  for (const change of changes) {
    const other = { ...call, attributes: { ...attributes, ...change } as unknown as Invocation["attributes"] };
    if (isValid(other)) yield other;
  }
}

const isValid = (call: Invocation): boolean => {
  const { constraints } = operatorNamed(call.operator);
  const types = call as unknown as Parameters<(typeof constraints)[number]["violation"]>[0];
  return constraints.every((constraint) => constraint.violation(types) === undefined);
};

/** A call with each of its attributes in turn as another call has it, where that is valid: one such call of each. */
function* mixed(call: Invocation, others: readonly Invocation[]): Generator<Invocation> {
  const attributes = call.attributes as unknown as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(attributes)) {
    const same = JSON.stringify(value);
    const changed = others
      .map((other) => (other.attributes as unknown as Readonly<Record<string, unknown>>)[name])
      .filter((other) => JSON.stringify(other) !== same)
      .map((other) => ({ ...call, attributes: { ...attributes, [name]: other } as unknown as typeof call.attributes }))
      .find(isValid);
    if (changed) yield changed;
  }
}

/** The same kernel without groups, on as many channels of the input as one group has. */
function* ungrouped(call: Invocation): Generator<Invocation> {
  const { groups = 1 } = call.attributes as { readonly groups?: number };
  const { V } = call.inputs;
  if (groups === 1 || V === undefined) return;
  const [N, C, ...X] = V.shape;
  const shape = [N, C / groups, ...X];
  const size = shape.slice(1).reduce((product, extent) => product * extent, 1);
  const data = V.data.filter((_, at) => at % (size * groups) < size);
  const other = { ...call, inputs: { ...call.inputs, V: { ...V, shape, data } } };
  const alone = { ...other, attributes: { ...call.attributes, groups: 1 } as Invocation["attributes"] };
  if (isValid(alone)) yield alone;
}

const otherAttribute: StateCheck = {
  name: "other-attribute",
  title: "the same shapes with another attribute give another result",
  run: (backend, operator, seed) => {
    const drawn = sample(operator, seed, 8);
    const calls = drawn.flatMap((call) => [call, ...otherAttributes(call), ...mixed(call, drawn), ...ungrouped(call)]);
    return allHold(
      calls.map(
        (call) => async () => said(await againstReference(backend, call), "with another attribute at the same shapes"),
      ),
    );
  },
};

const changedInPlace: StateCheck = {
  name: "changed-in-place",
  title: "inputs whose content has changed at the same address are read again",
  run: (backend, operator, seed) =>
    allHold(
      sample(operator, seed, 4).flatMap((call) => [
        () => againstReference(backend, call),
        ...tensorsOf(call).map(([name, { data }]) => async (): Promise<Verdict> => {
          for (let at = 0; at < data.length; at++) data[at] = 2 - data[at];
          return said(await againstReference(backend, call), `after ${name} was changed in place`);
        }),
      ]),
    ),
};

const concurrent: StateCheck = {
  name: "concurrent",
  title: "calls made at the same time do not see each other",
  run: (backend, operator, seed) => {
    const calls = sample(operator, seed, 8);
    // The last call of each batch has the shapes of the first: what it leaves behind fits there.
    const batches = calls.map((call, at) => [
      call,
      calls[(at + 1) % calls.length],
      withOthers(call, (value) => 3 - value),
    ]);
    return allHold(
      batches.map((batch) => async () => {
        const verdicts = await Promise.all(batch.map((call) => againstReference(backend, call)));
        return allHold(verdicts.map((verdict) => async () => said(verdict, "among concurrent calls")));
      }),
    );
  },
};

/** The same tensor inside a larger buffer: another offset, neighbours that are not zero. */
const embedded = (tensor: Tensor): Tensor => {
  const data = tensor.data as Float32Array;
  const around = new Float32Array(data.length + 7).fill(Number.NaN);
  around.set(data, 3);
  return { ...tensor, data: around.subarray(3, 3 + data.length) };
};

const views: StateCheck = {
  name: "views",
  title: "inputs may be parts of larger buffers",
  run: (backend, operator, seed) => {
    const calls = sample(operator, seed, 6).map((call) => ({
      ...call,
      inputs: Object.fromEntries(tensorsOf(call).map(([name, tensor]) => [name, embedded(tensor)])),
    }));
    return allHold(
      calls.map(
        (call) => async () =>
          said(await againstReference(backend, call), "with inputs that are parts of larger buffers"),
      ),
    );
  },
};

const threads: StateCheck = {
  name: "threads",
  title: "another number of threads gives a correct result, and the same bits where that is promised",
  run: async (backend, operator, seed) => {
    if (backend.withThreads === undefined)
      return { status: "unsupported", reason: "a choice of the number of threads" };
    const promised = declarationOf(backend, operator).threadInvariant === true;
    const calls = sample(operator, seed, 6);
    const others = await Promise.all([1, 2, 3].map((count) => backend.withThreads?.(count) as Promise<Backend>));
    const held = (call: Invocation, at: number) => async (): Promise<Verdict> =>
      said(await againstReference(others[at], call), `on ${at + 1} threads`);
    const same = (call: Invocation) => async (): Promise<Verdict> => {
      const results = await Promise.all(others.map((other) => invoke(other, call)));
      const differs = Object.entries(results[0]).find(([name, tensor]) =>
        results.some((result) => !sameBits(tensor, result[name])),
      );
      if (differs === undefined) return { status: "pass", margin: 0 };
      return {
        status: "fail",
        failure: { message: `${differs[0]} has other bits on another number of threads`, invocation: call },
      };
    };
    try {
      return await allHold(
        calls.flatMap((call) => [...others.map((_, at) => held(call, at)), ...(promised ? [same(call)] : [])]),
      );
    } catch (thrown) {
      return verdictOn(thrown);
    } finally {
      await Promise.all(others.map((other) => (other === backend ? undefined : other.close?.())));
    }
  },
};

/** What a backend remembers between calls must not show: these checks ask each operator for it. */
export const stateChecks: readonly Check[] = operatorNames.flatMap((operator) =>
  [twice, smallAfterLarge, resultsKept, otherAttribute, changedInPlace, concurrent, views, threads].map(
    ({ name, title, run }): Check => ({
      id: `${operator}/state/${name}@f32`,
      title,
      clauses: [operatorNamed(operator).clauses[0]],
      operator,
      kind: "state",
      dtype: "f32",
      run: (backend, seed) => run(backend, operator, seed),
    }),
  ),
);
