/**
 * A WebAssembly module whose one function, run(n), makes n rounds of SIMD multiply-and-add on accumulators that
 * stay in registers: what an engine without fused multiply-add can reach at most on one core.
 */

// As many independent chains as registers allow, to hide the latency of a multiplication and an addition.
const chains = 14;
const lanes = 4;

/** Floating-point operations of one round. */
export const operationsPerRound = chains * lanes * 2;

const op = {
  loop: 0x03,
  end: 0x0b,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  f32Const: 0x43,
  i32Add: 0x6a,
  f32Add: 0x92,
  simd: 0xfd,
} as const;
const type = { empty: 0x40, i32: 0x7f, f32: 0x7d, v128: 0x7b, function: 0x60 } as const;
const simd = {
  f32x4Splat: [op.simd, 0x13],
  f32x4ExtractLane: [op.simd, 0x1f],
  f32x4Add: [op.simd, 0xe4, 0x01],
  f32x4Mul: [op.simd, 0xe6, 0x01],
} as const;

/** An unsigned number in LEB128. */
function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}

const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()];
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const get = (local: number): number[] => [op.localGet, ...unsigned(local)];
const set = (local: number): number[] => [op.localSet, ...unsigned(local)];
const f32 = (value: number): number[] => [op.f32Const, ...new Uint8Array(new Float32Array([value]).buffer)];
const minusOne = [op.i32Const, 0x7f];

/** The bytes of the module. Local 0 counts down; then come the constant and the accumulators. */
export function peakModule(): Uint8Array<ArrayBuffer> {
  const [rounds, half, first] = [0, 1, 2];
  const accumulators = Array.from({ length: chains }, (_, at) => first + at);
  // x·½ + ½ tends to 1: neither overflows nor becomes subnormal.
  const start = [
    ...[...f32(0.5), ...simd.f32x4Splat, ...set(half)],
    ...accumulators.flatMap((local) => [...f32(local), ...simd.f32x4Splat, ...set(local)]),
  ];
  const step = (local: number): number[] => [
    ...[...get(local), ...get(half), ...simd.f32x4Mul],
    ...[...get(half), ...simd.f32x4Add, ...set(local)],
  ];
  const again = [...get(rounds), ...minusOne, op.i32Add, op.localTee, rounds, op.brIf, 0];
  const lane = (local: number): number[] => [...get(local), ...simd.f32x4ExtractLane, 0];
  const sum = accumulators.flatMap((local, at) => [...lane(local), ...(at === 0 ? [] : [op.f32Add])]);
  const code = [...start, op.loop, type.empty, ...accumulators.flatMap(step), ...again, op.end, ...sum, op.end];
  const body = [...vector([[...unsigned(chains + 1), type.v128]]), ...code];
  const name = [...new TextEncoder().encode("run")];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[type.function, ...vector([[type.i32]]), ...vector([[type.f32]])]])),
    ...section(3, vector([[0]])),
    ...section(7, vector([[...unsigned(name.length), ...name, 0x00, 0]])),
    ...section(10, vector([[...unsigned(body.length), ...body]])),
  ]);
}
