import fc from "fast-check";
import {
  type Backend,
  declarationOf,
  type OperatorName,
  operatorNamed,
  operatorNames,
  random,
  type Tensor,
} from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import { alike, callsOf, past } from "../arbitraries/shapes.ts";
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

/** How often a call is made again: more often than buffers take turns, or than it takes for a plan to be kept. */
const repeats = 12;

const twice: StateCheck = {
  name: "twice",
  title: "the same call gives the same bits again, however often it is made and whatever becomes of its results",
  run: (backend, operator, seed) => {
    const [call] = sample(operator, seed, 1);
    if (declarationOf(backend, operator).deterministic === false) return againstReference(backend, call);
    return attempt(backend, call, async (first) => {
      const before = Object.entries(first).map(
        ([name, tensor]) => [name, { ...tensor, data: tensor.data.slice() }] as const,
      );
      // The results are the caller's: what is written into one must not show in the next.
      let last = first;
      for (let time = 2; time <= repeats; time++) {
        for (const { data } of Object.values(last)) data.fill(Number.NaN);
        last = await invoke(backend, call);
        const changed = before.find(([name, tensor]) => !sameBits(tensor, last[name]));
        if (changed)
          return {
            status: "fail",
            failure: {
              message: `${changed[0]} has other bits when the call is made for time ${time}`,
              invocation: call,
            },
          };
      }
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
  title: "a result is not overwritten by later calls",
  run: async (backend, operator, seed) => {
    const calls = sample(operator, seed, 4);
    const kept: { readonly call: Invocation; readonly name: string; readonly tensor: Tensor; readonly copy: Tensor }[] =
      [];
    const make = (call: Invocation) => () =>
      attempt(backend, call, (outputs) => {
        for (const [name, tensor] of Object.entries(outputs))
          kept.push({ call, name, tensor, copy: { ...tensor, data: tensor.data.slice() } });
        return { status: "pass", margin: 0 };
      });
    // Results of the same shapes, one after the other: more than buffers that take turns.
    const again = calls.flatMap((call) =>
      Array.from({ length: repeats }, (_, time) => (time === 0 ? call : withOthers(call, (value) => time - value))),
    );
    const made = await allHold(again.map(make));
    const lost = kept.find(({ tensor, copy }) => !sameBits(tensor, copy));
    if (lost)
      return {
        status: "fail",
        failure: { message: `a later call wrote into ${lost.name} of an earlier one`, invocation: lost.call },
      };
    return made;
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
  title:
    "another attribute or extent gives another result, though the shapes of the inputs or of the results are the same",
  run: (backend, operator, seed) => {
    const drawn = sample(operator, seed, 8);
    const calls = drawn.flatMap((call) => [call, ...otherAttributes(call), ...mixed(call, drawn), ...ungrouped(call)]);
    const held = (when: string) => (call: Invocation) => async () =>
      said(await againstReference(backend, call), `with ${when}`);
    return allHold([
      ...calls.map(held("another attribute at the same shapes")),
      ...callsOf(operator, alike, seed).map(held("another attribute or extent at the same shape of the result")),
    ]);
  },
};

/** Changes of the content of a tensor in place: of every element, of one, and of none but the order. */
const changesInPlace: Readonly<Record<string, (data: Tensor["data"], at: number) => void>> = {
  "was changed": (data) => {
    for (let at = 0; at < data.length; at++) data[at] = 2 - data[at];
  },
  "was changed in its last element": (data) => {
    data[data.length - 1] += 1;
  },
  "had two elements exchanged": (data, at) => {
    const other = data.findIndex((value) => value !== data[at]);
    if (other >= 0) [data[at], data[other]] = [data[other], data[at]];
  },
};

const changedInPlace: StateCheck = {
  name: "changed-in-place",
  title: "inputs whose content has changed at the same address are read again",
  run: (backend, operator, seed) => {
    const source = random(seed, `${operator} in place`);
    return allHold(
      sample(operator, seed, 5).flatMap((call) => [
        () => againstReference(backend, call),
        ...tensorsOf(call).flatMap(([name, { data }]) =>
          Object.entries(changesInPlace).map(([what, change]) => async (): Promise<Verdict> => {
            change(data, source.integer(0, data.length - 1));
            return said(await againstReference(backend, call), `after ${name} ${what} in place`);
          }),
        ),
      ]),
    );
  },
};

/** The calls with their inputs at other offsets of one buffer, the same buffer for all. */
const inOneBuffer = (calls: readonly Invocation[]): Invocation[] => {
  const length = calls.reduce((total, call) => total + size(call), 0);
  const around = new Float32Array(length);
  let at = 0;
  const moved = ({ data, ...tensor }: Tensor): Tensor => {
    const own = around.subarray(at, at + data.length);
    own.set(data);
    at += data.length;
    return { ...tensor, data: own };
  };
  return calls.map((call) => ({
    ...call,
    inputs: Object.fromEntries(tensorsOf(call).map(([name, tensor]) => [name, moved(tensor)])),
  }));
};

/** The call with one tensor in the place of all that have its shape. */
const withOneTensor = (call: Invocation): Invocation => {
  const byShape = new Map(tensorsOf(call).map(([, tensor]) => [String(tensor.shape), tensor]));
  return {
    ...call,
    inputs: Object.fromEntries(
      tensorsOf(call).map(([name, { shape }]) => [name, byShape.get(String(shape)) as Tensor]),
    ),
  };
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
    // Many at once, in turns on the same tensors: more than there are workspaces to take turns.
    const largest = calls.reduce((most, call) => (size(call) > size(most) ? call : most));
    const crowd = Array.from({ length: repeats }, (_, at) =>
      at % 3 === 0 ? largest : withOthers(largest, (value) => at - value),
    );
    return allHold(
      [...batches, crowd].map((batch) => async () => {
        const before = batch.map((call) => withOthers(call, (value) => value));
        const verdicts = await Promise.all(batch.map((call) => againstReference(backend, call)));
        const written = batch.find((call, at) =>
          tensorsOf(call).some(([name, tensor]) => !sameBits(tensor, before[at].inputs[name] as Tensor)),
        );
        if (written)
          return {
            status: "fail",
            failure: { message: "concurrent calls left an input changed; inputs are read-only", invocation: written },
          };
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
  title: "inputs may be parts of larger buffers, of one buffer, or one tensor",
  run: (backend, operator, seed) => {
    const drawn = sample(operator, seed, 6);
    const apart = drawn.map((call) => ({
      ...call,
      inputs: Object.fromEntries(tensorsOf(call).map(([name, tensor]) => [name, embedded(tensor)])),
    }));
    const together = inOneBuffer(drawn.slice(0, 3).flatMap((call) => [call, withOthers(call, (value) => 1 - value)]));
    const held = (calls: readonly Invocation[], when: string) =>
      calls.map((call) => async () => said(await againstReference(backend, call), when));
    return allHold([
      ...held(apart, "with inputs that are parts of larger buffers"),
      ...held(together, "with inputs that are parts of one buffer"),
      ...held(drawn.slice(0, 3).map(withOneTensor), "with one tensor for all inputs of its shape"),
    ]);
  },
};

const threads: StateCheck = {
  name: "threads",
  title: "another number of threads gives a correct result, and the same bits where that is promised",
  run: async (backend, operator, seed) => {
    if (backend.withThreads === undefined)
      return { status: "unsupported", reason: "a choice of the number of threads" };
    const promised = declarationOf(backend, operator).threadInvariant === true;
    // The last is large enough to be shared out.
    const calls = [...sample(operator, seed, 6), ...callsOf(operator, past, seed).slice(3, 4)];
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
