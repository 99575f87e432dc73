import type { StoredInputs } from "../reference/index.ts";
import {
  type Backend,
  check,
  type Implementation,
  type OperatorName,
  operatorNamed,
  type Tensor,
  UnsupportedError,
  zeros,
} from "../spec/index.ts";
import type { Invocation } from "./check.ts";

/** A result that cannot be judged by its values: a missing output, a wrong shape or format, inputs written to. */
export class MalformedResult extends Error {
  override readonly name = "MalformedResult";
  /** The outputs, where they are tensors: a wrong shape may say what went wrong. */
  readonly observed?: Readonly<Record<string, Tensor>>;

  constructor(message: string, observed?: Readonly<Record<string, Tensor>>) {
    super(message);
    this.observed = observed;
  }
}

const copy = (tensor: Tensor): Tensor => ({ ...tensor, data: tensor.data.slice() });

const bytes = ({ data }: Tensor): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Whether two tensors hold the same bits. */
export const sameBits = (a: Tensor, b: Tensor): boolean => {
  const other = bytes(b);
  return bytes(a).length === other.length && bytes(a).every((byte, at) => byte === other[at]);
};

/** Whether two tensors have storage in common: what is written to one then shows in the other. */
const overlap = (a: Tensor, b: Tensor): boolean => {
  const [left, right] = [bytes(a), bytes(b)];
  return (
    left.buffer === right.buffer &&
    left.byteOffset < right.byteOffset + right.byteLength &&
    right.byteOffset < left.byteOffset + left.byteLength
  );
};

/** What describes a call beside its data, part by part. */
const described = ({ inputs, attributes }: Invocation): Map<string, string> =>
  new Map([
    ...Object.entries(inputs).map(
      ([name, tensor]) => [`the shape of input ${name}`, String([tensor?.dtype, tensor?.shape])] as const,
    ),
    ...Object.entries(attributes).map(([name, value]) => [`attribute ${name}`, JSON.stringify(value)] as const),
  ]);

/** What a value calls itself: Float64Array, Array, Object. */
const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

const isTensor = (value: unknown): value is Tensor =>
  typeof value === "object" && value !== null && "data" in value && "shape" in value;

/** Whether a thrown value says that the call is valid but not implemented, also across module boundaries. */
export const saysUnsupported = (thrown: unknown): thrown is Error =>
  thrown instanceof UnsupportedError || (thrown instanceof Error && thrown.name === "UnsupportedError");

const supports = (backend: Backend, { operator, inputs }: Invocation): void => {
  if (backend.operators[operator] === undefined) throw new UnsupportedError(`operator ${operator}`);
  const dtypes = backend.dtypes ?? ["f32"];
  const other = Object.values(inputs).find((tensor) => tensor && !dtypes.includes(tensor.dtype));
  if (other) throw new UnsupportedError(`number format ${other.dtype}`);
};

/**
 * Makes one call on a backend and holds the form of its result against the signature.
 * @throws {UnsupportedError} where the backend does not implement the call
 * @throws {MalformedResult} where the result has the wrong form, or an input was written to
 */
export async function invoke(backend: Backend, invocation: Invocation): Promise<Readonly<Record<string, Tensor>>> {
  supports(backend, invocation);
  const { operator, inputs, attributes } = invocation;
  const before = Object.entries(inputs).flatMap(([name, tensor]) =>
    tensor ? [[name, tensor, copy(tensor)] as const] : [],
  );
  const given = described(invocation);
  const implementation = backend.operators[operator] as Implementation<OperatorName>;
  const result: unknown = await implementation(inputs as Parameters<typeof implementation>[0], attributes);
  const written = before.find(([, tensor, original]) => !sameBits(tensor, original));
  if (written) throw new MalformedResult(`input ${written[0]} was written to; inputs are read-only`);
  const left = described(invocation);
  for (const [part, value] of given)
    if (left.get(part) !== value) throw new MalformedResult(`${part} was written to; calls are read-only`);
  return wellFormed(operator, inputs, attributes, result);
}

function wellFormed(
  operator: OperatorName,
  inputs: StoredInputs,
  attributes: object,
  result: unknown,
): Record<string, Tensor> {
  const signature = operatorNamed(operator);
  const present = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor)) as Record<string, Tensor>;
  const call = { inputs: present, attributes };
  check(signature, call);
  const shapes = signature.shapes(call) as Record<string, readonly number[]>;
  const { dtype } = Object.values(present)[0];
  const storage = zeros(dtype, [0]).data[Symbol.toStringTag];
  const outputs: Record<string, Tensor> = {};
  for (const name of signature.outputs) {
    const output: unknown = (result as Record<string, unknown> | null | undefined)?.[name];
    if (!isTensor(output))
      throw new MalformedResult(`output ${name} is missing: expected { ${signature.outputs.join(", ")} }`);
    if (output.dtype !== dtype)
      throw new MalformedResult(`output ${name} must have number format ${dtype}, got ${output.dtype}`);
    const shape = shapes[name];
    if (output.shape.length !== shape.length || output.shape.some((extent, axis) => extent !== shape[axis]))
      throw new MalformedResult(`output ${name} must have shape [${shape}], got [${output.shape}]`, { [name]: output });
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (output.data.length !== size)
      throw new MalformedResult(`output ${name} must hold ${size} elements, got ${output.data.length}`);
    if (output.data[Symbol.toStringTag] !== storage)
      throw new MalformedResult(`the data of output ${name} must be a ${storage}, got ${kindOf(output.data)}`);
    const [shared] = Object.entries(present).find(([, input]) => overlap(input, output)) ?? [];
    if (shared) throw new MalformedResult(`output ${name} shares memory with input ${shared}; results are new tensors`);
    outputs[name] = output;
  }
  const extra = Object.entries(result as object).find(([name, value]) => value !== undefined && !(name in outputs));
  if (extra) throw new MalformedResult(`${extra[0]} is no output: expected { ${signature.outputs.join(", ")} }`);
  return outputs;
}
