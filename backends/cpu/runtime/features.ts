import { f32, f32x4, func, type MemoryType, moduleOf, v128, type WasmFunction } from "../wasm/index.ts";

const memory: MemoryType = { initial: 1, maximum: 1, shared: false };

const runs = (functions: readonly WasmFunction[], { shared } = memory): boolean => {
  if (typeof WebAssembly === "undefined") return false;
  return WebAssembly.validate(moduleOf({ ...memory, shared }, functions));
};

const storing = (value: Parameters<typeof v128.store>[1]): readonly WasmFunction[] => [
  func("probe", {}, () => v128.store(0, value)),
];

/** Whether the engine has vectors of 128 bits. */
export const hasSimd = (): boolean => runs(storing(f32x4.splat(f32.const(0))));

/** Whether it has relaxed SIMD, and so fused multiply-add. */
export const hasRelaxed = (): boolean => runs(storing(f32x4.relaxed_madd(v128.zero(), v128.zero(), v128.zero())));

/** Whether memory can be shared between threads: a page must be cross-origin isolated for it. */
export const hasSharedMemory = (): boolean =>
  typeof SharedArrayBuffer !== "undefined" && runs([func("probe", {}, () => [])], { ...memory, shared: true });

/** The major version of Node; 0 elsewhere. */
const nodeMajor = (): number =>
  Number((globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node?.split(".")[0] ?? 0);

/** Sets a flag of V8: for the whole process, for what is compiled from then on. */
const setFlag = (flag: string): void => process.getBuiltinModule("node:v8").setFlagsFromString(flag);

/** Switches relaxed SIMD on where it is behind a flag, Node 20, and says whether the engine has it. */
export function enableRelaxed(): boolean {
  if (nodeMajor() === 20 && !hasRelaxed()) setFlag("--experimental-wasm-relaxed-simd");
  return hasRelaxed();
}

/** Lets V8 make 256-bit vectors of pairs, where it can: Node 24 and later. Says whether it was asked to. */
export function enableRevectorize(): boolean {
  if (nodeMajor() < 24) return false;
  setFlag("--experimental-wasm-revectorize");
  return true;
}
