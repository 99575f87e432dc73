import { encode } from "../../reference/index.ts";
import { type Call, ConstraintError, check, operatorNamed, type Shape, sizeOf, type Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";

/** A call that must be refused, and what was done to it. */
export interface Spoiled {
  readonly call: Invocation;
  /** The attribute or the input that was changed. */
  readonly spoiled: string;
  /** What the specification says is wrong with it. */
  readonly reason: string;
}

/** What stands where a number is wanted. */
const wrongNumbers: readonly unknown[] = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, [1]];

/** What stands where a word is wanted. */
const wrongWords: readonly unknown[] = ["", "other", "SAME", 1, null];

/** An attribute with one thing wrong, at whatever depth: each entry in turn, one too few, one too many, no list. */
function* spoiledValues(value: unknown): Generator<unknown> {
  if (typeof value === "string") yield* wrongWords;
  else if (!Array.isArray(value)) yield* wrongNumbers;
  else {
    yield value.slice(0, -1);
    yield [...value, value[value.length - 1]];
    yield value[0];
    for (const at of value.keys()) for (const wrong of spoiledValues(value[at])) yield value.with(at, wrong);
  }
}

/** The same elements over and over, as many as the shape holds, in a format. */
function resized({ data }: Tensor, dtype: Tensor["dtype"], shape: Shape): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, at) => data[at % data.length] ?? 0);
  return encode(dtype, shape, values);
}

/** A tensor of another format, another rank, or another extent on each axis in turn; none at all. */
function* spoiledTensors(tensor: Tensor): Generator<Tensor | undefined> {
  const { shape } = tensor;
  yield undefined;
  yield resized(tensor, "f64", shape);
  for (const other of [[1, ...shape], [...shape, 1], shape.slice(1), shape.toReversed()])
    yield resized(tensor, "f32", other);
  for (const [axis, extent] of shape.entries())
    for (const other of [extent + 1, extent - 1, 0])
      if (other >= 0) yield resized(tensor, "f32", shape.with(axis, other));
}

/** What the specification says is wrong with a call; undefined where nothing is, or where it cannot be asked. */
function violation({ operator, inputs, attributes }: Invocation): string | undefined {
  const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor !== undefined));
  try {
    check(operatorNamed(operator), { inputs: present, attributes } as unknown as Call);
  } catch (thrown) {
    if (thrown instanceof ConstraintError) return thrown.message;
  }
  return undefined;
}

/** What a valid call in single precision becomes where one thing in it is changed, and it must then be refused. */
export function* spoiledCalls(valid: Invocation): Generator<Spoiled> {
  const { inputs, attributes } = valid;
  const changed: { readonly spoiled: string; readonly call: object }[] = [];
  for (const [spoiled, value] of Object.entries(attributes))
    for (const other of spoiledValues(value))
      changed.push({ spoiled, call: { ...valid, attributes: { ...attributes, [spoiled]: other } } });
  for (const [spoiled, tensor] of Object.entries(inputs))
    for (const other of tensor ? spoiledTensors(tensor) : [])
      changed.push({ spoiled, call: { ...valid, inputs: { ...inputs, [spoiled]: other } } });
  for (const { spoiled, call } of changed) {
    const reason = violation(call as Invocation);
    if (reason !== undefined) yield { call: call as Invocation, spoiled, reason };
  }
}
