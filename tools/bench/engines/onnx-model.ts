import type { Shape, Tensor } from "../../../spec/index.ts";
import { installed } from "./engine.ts";

/** The attributes of an ONNX operator: whole numbers, lists of them, or one fraction. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

/** One ONNX operator: the inputs of a call first, then those that are part of the model, as weights are. */
export interface Node {
  readonly opType: string;
  readonly attributes: Attributes;
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly weights: Readonly<Record<string, Tensor>>;
}

/** An ONNX model of one node, with its weights in it, so that an engine may pack them once. Its output is Z. */
export async function oneNodeModel({ opType, attributes, feeds, weights }: Node): Promise<Uint8Array> {
  const { onnx } = (await installed("onnx-proto", import("onnx-proto"))).default;
  const { INT, INTS, FLOAT } = onnx.AttributeProto.AttributeType;
  const elemType = onnx.TensorProto.DataType.FLOAT;
  const attribute = (name: string, value: Attributes[string]) => {
    if (typeof value === "number") return { name, type: INT, i: value };
    if ("float" in value) return { name, type: FLOAT, f: value.float };
    return { name, type: INTS, ints: [...value] };
  };
  const dim = (shape: Shape) => shape.map((dimValue) => ({ dimValue }));
  const bytes = ({ data }: Tensor) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return onnx.ModelProto.encode({
    irVersion: 10,
    opsetImport: [{ domain: "", version: 22 }],
    graph: {
      name: opType,
      node: [
        {
          ...{ name: opType, opType, output: ["Z"] },
          input: [...Object.keys(feeds), ...Object.keys(weights)],
          attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
        },
      ],
      initializer: Object.entries(weights).map(([name, tensor]) => ({
        ...{ name, dataType: elemType, dims: [...tensor.shape], rawData: bytes(tensor) },
      })),
      input: Object.entries(feeds).map(([name, { shape }]) => ({
        name,
        type: { tensorType: { elemType, shape: { dim: dim(shape) } } },
      })),
      output: [{ name: "Z", type: { tensorType: { elemType } } }],
    },
  }).finish();
}
