import {
  type AttributesOf,
  type Backend,
  check,
  type Implementation,
  type OperatorName,
  operatorNamed,
  operatorNames,
  type Shape,
  sizeOf,
  type Tensor,
} from "../../spec/index.ts";
import { type AnyCall, asTensor, call, given, recorded } from "./call.ts";
import { declares } from "./declares.ts";
import { Devices } from "./device/devices.ts";
import { DeviceError } from "./device/errors.ts";
import { execute } from "./device/execute.ts";
import { Recording } from "./device/recording.ts";
import type { Session } from "./device/session.ts";
import type { StoredTensor } from "./device/tensor.ts";
import type { StoredInputs, StoredOutputs } from "./operators/plan.ts";

export interface WebGpuOptions {
  /**
   * Poisons buffers before use, looks at guard bands after every call, and splits small dispatches as large ones are;
   * slower, for tests.
   */
  readonly debug?: boolean;
}

/** A tensor on the device: what one call gives and the next takes, without being read back in between. */
export type DeviceTensor = StoredTensor;

/** WebGPU as a backend, and with tensors that stay on the device. */
export interface WebGpu {
  readonly backend: Backend;
  /** Copies a tensor to the device. */
  upload(tensor: Tensor): Promise<DeviceTensor>;
  /**
   * Computes a call on tensors of the device; attributes that are left out have their defaults. The results are tensors to
   * go on with: it does not wait until they are computed.
   * @throws {ConstraintError} where the call violates a constraint
   */
  run<N extends OperatorName>(
    operator: N,
    inputs: StoredInputs<N>,
    attributes?: Partial<AttributesOf<N>>,
  ): Promise<StoredOutputs<N>>;
  /** The same elements under another shape of the same size; freeing one of the two frees both. */
  reshape(tensor: DeviceTensor, shape: Shape): DeviceTensor;
  /** Waits for a tensor and copies it from the device. @throws {DeviceError} where something failed on the way to it */
  download(tensor: DeviceTensor): Promise<Tensor>;
  /** Gives the room of tensors back. None of them may be used afterwards. */
  free(...tensors: readonly DeviceTensor[]): void;
  close(): Promise<void>;
}

/**
 * Opens WebGPU: the adapter of a driver or a browser, or a software one.
 * @throws {BackendUnavailable} where there is no adapter
 */
export async function createWebGpu({ debug = false }: WebGpuOptions = {}): Promise<WebGpu> {
  const { devices, session, description } = await Devices.open({ debug });
  /** A tensor is of use only on the device it was made on. */
  const sessionOf = async (tensors: readonly DeviceTensor[]): Promise<Session> => {
    const current = await devices.session();
    if (tensors.some((tensor) => tensor.session !== current))
      throw new DeviceError("lost", "a tensor was on a device that was lost: upload it again");
    return current;
  };
  const operators = operatorNames.map((operator) => [
    operator,
    (inputs: Readonly<Record<string, Tensor | undefined>>, attributes: object) =>
      call(devices, operator, given(inputs), attributes),
  ]);
  return {
    backend: {
      name: "webgpu",
      version: "0.1.0",
      description,
      dtypes: session.formats,
      declares,
      operators: Object.fromEntries(operators) as { [N in OperatorName]: Implementation<N> },
      close: () => devices.close(),
    },
    upload: async (tensor) => (await devices.session()).upload(tensor),
    run: async <N extends OperatorName>(operator: N, inputs: StoredInputs<N>, attributes: object = {}) => {
      const present = given(inputs as Readonly<Record<string, StoredTensor | undefined>>);
      const current = await sessionOf(Object.values(present));
      const signature = operatorNamed(operator);
      const complete = signature.complete(present as AnyCall["inputs"], attributes);
      check(signature, { inputs: present, attributes: complete } as AnyCall);
      const { recording, outputs } = recorded(current, operator, present, complete);
      await execute(recording, []);
      return outputs as unknown as StoredOutputs<N>;
    },
    reshape: (tensor, shape) => {
      if (sizeOf(shape) !== sizeOf(tensor.shape))
        throw new RangeError(`[${shape}] must have as many elements as [${tensor.shape}]`);
      return { ...tensor, shape };
    },
    download: async (tensor) => {
      const current = await sessionOf([tensor]);
      const [bytes] = await execute(new Recording(current, tensor.dtype), [tensor]);
      return asTensor(tensor, bytes);
    },
    free: (...tensors) => {
      for (const tensor of tensors) tensor.session.free([tensor]);
    },
    close: () => devices.close(),
  };
}
