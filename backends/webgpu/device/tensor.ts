import { type DType, type Shape, sizeOf, type TensorType } from "../../../spec/index.ts";
import type { Loan } from "./pool.ts";
import type { Session } from "./session.ts";

/** The formats that tensors have on a device. */
export type DeviceFormat = Exclude<DType, "f64">;

/** Bytes of one element. */
export const widthOf = (dtype: DType): number => ({ f16: 2, f32: 4, f64: 8 })[dtype];

/** Part of a buffer that a kernel is given, from its start on. */
export interface Area {
  readonly loan: Loan;
  readonly bytes: number;
  /** What its guard band holds, in a debug session. */
  readonly poison?: number;
}

/** A tensor whose elements lie on the device, row-major. */
export interface StoredTensor extends TensorType, Area {
  readonly dtype: DeviceFormat;
  /** Of the device it lies on. */
  readonly session: Session;
}

/** The bytes a tensor takes: a whole number of words, and one of an empty tensor, which could not be bound otherwise. */
export const bytesOf = (dtype: DType, shape: Shape): number =>
  4 * Math.max(1, Math.ceil((sizeOf(shape) * widthOf(dtype)) / 4));
