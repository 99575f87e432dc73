/** The number formats a tensor is stored in, by their IEEE 754 widths. */
export type DType = "f16" | "f32" | "f64";

/** Extents, outermost axis first. */
export type Shape = readonly number[];

/** What is known of a tensor before its values are: enough to check every constraint. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** A stored tensor, row-major. `f16` is stored as its bit patterns. */
export interface Tensor extends TensorType {
  readonly data: Uint16Array | Float32Array | Float64Array;
}

/** The number of elements of a shape; 1 for a scalar. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, extent) => size * extent, 1);

const storage = { f16: Uint16Array, f32: Float32Array, f64: Float64Array } as const;

/** A tensor of zeros (bit pattern zero, which is +0 in every format). */
export const zeros = (dtype: DType, shape: Shape): Tensor => ({
  dtype,
  shape,
  data: new storage[dtype](sizeOf(shape)),
});
