export * from "./arithmetic.ts";
export * from "./arithmetics/exact.ts";
export { float32 } from "./arithmetics/float32.ts";
export { float64 } from "./arithmetics/float64.ts";
export * from "./arithmetics/magnitude.ts";
export * from "./arithmetics/support.ts";
export * from "./evaluate.ts";
export * from "./rounding.ts";
export * from "./tensor.ts";
