import { endianness } from "node:os";
import { type DType, numberFormats, type Tensor } from "../../spec/index.ts";
import { MalformedResult } from "../invoke.ts";

/** A tensor in a message: its elements are base64 of little-endian IEEE 754. */
export interface WireTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: string;
}

const storage = { f16: Uint16Array, f32: Float32Array, f64: Float64Array } as const;

/** The bytes in the other order, where this machine's is not that of the messages. */
function littleEndian(bytes: Buffer, width: number): Buffer {
  if (endianness() === "LE") return bytes;
  return width === 2 ? bytes.swap16() : width === 4 ? bytes.swap32() : bytes.swap64();
}

export function toWire({ dtype, shape, data }: Tensor): WireTensor {
  const bytes = Buffer.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return { dtype, shape, data: littleEndian(bytes, data.BYTES_PER_ELEMENT).toString("base64") };
}

/** @throws {MalformedResult} where the bytes are not a whole number of elements */
export function fromWire(name: string, { dtype, shape, data }: WireTensor): Tensor {
  if (!(dtype in numberFormats)) throw new MalformedResult(`output ${name} has unknown number format ${dtype}`);
  const Elements = storage[dtype];
  const width = Elements.BYTES_PER_ELEMENT;
  const bytes = Buffer.from(data, "base64");
  if (bytes.length % width !== 0)
    throw new MalformedResult(`output ${name} has ${bytes.length} bytes, not a whole number of ${dtype} elements`);
  const aligned = new Uint8Array(littleEndian(bytes, width)).buffer;
  return { dtype, shape, data: new Elements(aligned) };
}
