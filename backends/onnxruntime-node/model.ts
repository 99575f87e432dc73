import type { TensorType } from "../../spec/index.ts";
import { onnx } from "./engine.ts";

/** The attributes of an ONNX operator; numbers are stored as int64. */
export type NodeAttributes = Readonly<Record<string, string | number | readonly number[]>>;

const { INT, INTS, STRING } = onnx.AttributeProto.AttributeType;
const { FLOAT, FLOAT16, DOUBLE } = onnx.TensorProto.DataType;

const elementType = { f16: FLOAT16, f32: FLOAT, f64: DOUBLE } as const;

// The encoder would truncate 1.5 to 1, and the engine would never see what it was given.
const int64 = (name: string, value: number): number => {
  if (Number.isSafeInteger(value)) return value;
  throw new TypeError(`${name} must hold integers, got ${value}`);
};

const attributeProto = (name: string, value: NodeAttributes[string]) => {
  if (typeof value === "string") return { name, type: STRING, s: new TextEncoder().encode(value) };
  if (typeof value === "object") return { name, type: INTS, ints: value.map((entry) => int64(name, entry)) };
  return { name, type: INT, i: int64(name, value) };
};

const valueInfo = (name: string, { dtype, shape }: TensorType) => ({
  name,
  type: {
    tensorType: { elemType: elementType[dtype], shape: { dim: shape.map((dimValue) => ({ dimValue })) } },
  },
});

/** An ONNX model of one node, which takes the named inputs in their order and gives Z. */
export function oneNodeModel(
  opType: string,
  attributes: NodeAttributes,
  inputs: Readonly<Record<string, TensorType>>,
): Uint8Array {
  const names = Object.keys(inputs);
  const { dtype } = inputs[names[0]];
  return onnx.ModelProto.encode({
    irVersion: 10,
    opsetImport: [{ domain: "", version: 22 }],
    graph: {
      name: opType,
      node: [
        {
          name: opType,
          opType,
          input: names,
          output: ["Z"],
          attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
        },
      ],
      input: names.map((name) => valueInfo(name, inputs[name])),
      output: [{ name: "Z", type: { tensorType: { elemType: elementType[dtype] } } }],
    },
  }).finish();
}
