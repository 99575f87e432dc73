import { type DType, type Tensor, UnsupportedError } from "../../spec/index.ts";
import { ort } from "./engine.ts";
import { type NodeAttributes, oneNodeModel } from "./model.ts";
import { withSession } from "./sessions.ts";

const elementType = { f16: "float16", f32: "float32", f64: "float64" } as const;
const storage = { f16: Uint16Array, f32: Float32Array, f64: Float64Array } as const;

// The engine says so of a number format that an operator has no kernel for.
const noKernel = /could not find an implementation/i;

// A copy, since the memory is the engine's; of the bits, since newer versions of Node hold f16 as numbers.
const stored = (dtype: DType, shape: readonly number[], data: ArrayBufferView): Tensor => {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
  return { dtype, shape, data: new storage[dtype](bytes.buffer) };
};

/**
 * Runs one ONNX operator on the inputs in their order; its output is Z.
 * @throws {UnsupportedError} where the engine has no kernel for the number format of the inputs
 */
export async function run(
  opType: string,
  attributes: NodeAttributes,
  inputs: Readonly<Record<string, Tensor>>,
): Promise<{ readonly Z: Tensor }> {
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape, data }]) => [
      name,
      new ort.Tensor(elementType[dtype], data, shape),
    ]),
  );
  const [{ dtype }] = Object.values(inputs);
  try {
    const { Z } = await withSession(oneNodeModel(opType, attributes, inputs), (session) => session.run(feeds));
    return { Z: stored(dtype, Z.dims, Z.data as Exclude<typeof Z.data, string[]>) };
  } catch (thrown) {
    if (thrown instanceof Error && noKernel.test(thrown.message))
      throw new UnsupportedError(`ONNX Runtime has no ${opType} in ${dtype}`);
    throw thrown;
  }
}
