import type { OperatorName, Tensor } from "../../../spec/index.ts";
import type { Cell } from "../cell.ts";
import type { Engine, Inputs, Prepared } from "./engine.ts";

/** A tensor on the device, and the device. */
interface Stored {
  readonly session: { readonly device: { readonly queue: { onSubmittedWorkDone(): Promise<unknown> } } };
}
type Tensors = Readonly<Record<string, Stored>>;

/** What the webgpu backend has beside its operators. */
export interface WebGpu {
  readonly backend: {
    readonly version?: string;
    readonly operators: Readonly<Partial<Record<OperatorName, unknown>>>;
  };
  upload(tensor: Tensor): Promise<Stored>;
  run(operator: OperatorName, inputs: Tensors, attributes: object): Promise<Tensors>;
  download(tensor: Stored): Promise<Tensor>;
  free(...tensors: readonly Stored[]): void;
  close(): Promise<void>;
}

async function prepare(gpu: WebGpu, { operator, attributes, output }: Cell, inputs: Inputs): Promise<Prepared> {
  const entries = await Promise.all(
    Object.entries(inputs).map(async ([name, tensor]) => [name, await gpu.upload(tensor)] as const),
  );
  const stored: Tensors = Object.fromEntries(entries);
  const [[, { session }]] = entries;
  const whole = gpu.backend.operators[operator] as (inputs: Inputs, attributes: object) => Promise<unknown>;
  let last: Tensors | undefined;
  const freeLast = (): void => {
    if (last) gpu.free(...Object.values(last));
    last = undefined;
  };
  return {
    call: async () => {
      freeLast();
      last = await gpu.run(operator, stored, attributes);
    },
    finish: () => session.device.queue.onSubmittedWorkDone(),
    roundTrip: () => whole(inputs, attributes),
    output: async () => (await gpu.download((last as Tensors)[output.name])).data as Float32Array,
    release: () => {
      freeLast();
      gpu.free(...Object.values(stored));
    },
  };
}

/** Our webgpu backend on tensors that stay on the device. */
export const webgpuEngine = (gpu: WebGpu): Engine => ({
  version: gpu.backend.version ?? "",
  threads: 1,
  prepare: (cell, inputs) => prepare(gpu, cell, inputs),
  close: () => gpu.close(),
});
