import fc from "fast-check";
import { encode } from "../../reference/index.ts";
import {
  type Call,
  ConstraintError,
  check,
  type OperatorName,
  operatorNamed,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { drawnCall } from "./call.ts";

/** A call that must be refused, and what was done to it. */
export interface Spoiled {
  readonly call: Invocation;
  readonly spoiled: string;
  /** What the specification says is wrong with it. */
  readonly reason: string;
}

/** What stands where a number is wanted. */
const wrongNumbers: readonly unknown[] = [0, -1, -2, 1.5, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "1", null, [1]];

/** What stands where a word is wanted. */
const wrongWords: readonly unknown[] = ["", "other", "SAME", "VALID", 1, null];

const oneOf = <T>(values: readonly T[], drawn: number): T => values[drawn % values.length];

/** An attribute with one thing wrong, at whatever depth. */
function spoiledValue(value: unknown, drawn: readonly number[]): unknown {
  const [how, where, ...rest] = drawn;
  if (!Array.isArray(value)) return typeof value === "string" ? oneOf(wrongWords, how) : oneOf(wrongNumbers, how);
  switch (how % 6) {
    case 0:
      return value.slice(0, -1);
    case 1:
      return [...value, value[value.length - 1]];
    case 2:
      return value[0];
    default:
      return value.with(where % value.length, spoiledValue(value[where % value.length], [...rest, how]));
  }
}

/** The same elements, as many as the shape holds, in the format. */
function resized({ data }: Tensor, dtype: Tensor["dtype"], shape: readonly number[]): Tensor {
  const values = Array.from({ length: sizeOf(shape) }, (_, at) => data[at % data.length] ?? 0);
  return encode(dtype, shape, values);
}

/** A tensor of another rank, another extent, or another format. */
function spoiledTensor(tensor: Tensor, [how, where]: readonly number[]): Tensor | undefined {
  const { shape } = tensor;
  const axis = where % Math.max(1, shape.length);
  switch (how % 7) {
    case 0:
      return undefined;
    case 1:
      return resized(tensor, "f64", shape);
    case 2:
      return resized(tensor, "f32", [1, ...shape]);
    case 3:
      return resized(tensor, "f32", [...shape, 1]);
    case 4:
      return resized(tensor, "f32", shape.slice(1));
    case 5:
      return resized(tensor, "f32", shape.toReversed());
    default:
      return resized(
        tensor,
        "f32",
        shape.map((extent, at) => (at === axis ? Math.max(0, extent + oneOf([1, -1, 2], how)) : extent)),
      );
  }
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

/** Calls of an operator that were valid before one thing was changed in them. */
export const spoiledCall = (operator: OperatorName): fc.Arbitrary<Spoiled> =>
  fc
    .tuple(drawnCall(operator), fc.array(fc.nat(999), { minLength: 6, maxLength: 6 }))
    .map(([call, [which, ...drawn]]): Spoiled | undefined => {
      const attributes = Object.entries(call.attributes);
      const tensors = Object.entries(call.inputs);
      const parts = [...attributes.map(([name]) => name), ...tensors.map(([name]) => name)];
      const at = which % parts.length;
      const other =
        at < attributes.length
          ? { ...call, attributes: { ...call.attributes, [parts[at]]: spoiledValue(attributes[at][1], drawn) } }
          : {
              ...call,
              inputs: {
                ...call.inputs,
                [parts[at]]: spoiledTensor(tensors[at - attributes.length][1] as Tensor, drawn),
              },
            };
      const reason = violation(other as Invocation);
      return reason === undefined ? undefined : { call: other as Invocation, spoiled: parts[at], reason };
    })
    .filter((spoiled): spoiled is Spoiled => spoiled !== undefined);
