export { block, br, brIf, type Code, codeOf, Label, Local, loop, type Operand, type ValueType, when } from "./code.ts";
export { f32, f32x4, f64, f64x2, i32, i32x4, multiplyAdd, select, v128 } from "./instructions.ts";
export { call, forRange, fromTo, func, type MemoryType, moduleOf, type NewLocal, type WasmFunction } from "./module.ts";
