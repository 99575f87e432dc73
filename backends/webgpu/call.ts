import {
  check,
  type OperatorName,
  operatorNamed,
  type Shape,
  sizeOf,
  type Tensor,
  UnsupportedError,
} from "../../spec/index.ts";
import type { Devices } from "./device/devices.ts";
import { execute } from "./device/execute.ts";
import { Recording } from "./device/recording.ts";
import type { Session } from "./device/session.ts";
import type { DeviceFormat, StoredTensor } from "./device/tensor.ts";
import { plans } from "./operators/index.ts";

/** A call as constraints and shapes see it. */
export type AnyCall = Parameters<ReturnType<typeof operatorNamed>["shapes"]>[0];

type Named<T> = Readonly<Record<string, T>>;

/** The inputs that are there. */
export const given = <T>(inputs: Named<T | undefined>): Named<T> =>
  Object.fromEntries(Object.entries(inputs).filter((entry): entry is [string, T] => entry[1] !== undefined));

/** Records a call that meets the constraints: room for its outputs, and its kernels. */
export function recorded(session: Session, operator: OperatorName, inputs: Named<StoredTensor>, attributes: object) {
  const [{ dtype }] = Object.values(inputs);
  const recording = new Recording(session, dtype);
  const shapes = operatorNamed(operator).shapes({ inputs, attributes } as AnyCall) as Named<Shape>;
  const outputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, recording.output(shape)]));
  const plan = plans[operator] as (on: Recording, call: object) => void;
  plan(recording, { inputs, attributes, outputs });
  return { recording, outputs };
}

/** A tensor in memory from what was read back of it. */
export const asTensor = ({ dtype, shape }: StoredTensor, bytes: ArrayBuffer): Tensor => {
  const Elements = dtype === "f16" ? Uint16Array : Float32Array;
  return { dtype, shape, data: new Elements(bytes, 0, sizeOf(shape)) };
};

/** One call with tensors in memory: up, the kernels, down, in one submission. */
export async function call(
  devices: Devices,
  operator: OperatorName,
  inputs: Named<Tensor>,
  attributes: object,
): Promise<Named<Tensor>> {
  check(operatorNamed(operator), { inputs, attributes } as AnyCall);
  // While the device works nothing is waited for before the inputs are copied: the caller may change them afterwards.
  const session = devices.current ?? (await devices.session());
  const { dtype } = Object.values(inputs)[0];
  if (!session.formats.includes(dtype as DeviceFormat)) throw new UnsupportedError(`number format ${dtype}`);
  const stored = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, session.upload(tensor)]));
  const { recording, outputs } = recorded(session, operator, stored, attributes);
  const results = Object.values(outputs);
  const bytes = await execute(recording, results);
  session.free([...Object.values(stored), ...results]);
  return Object.fromEntries(Object.entries(outputs).map(([name, output], at) => [name, asTensor(output, bytes[at])]));
}
