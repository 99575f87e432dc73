import { type Code, codeOf, type Operand, signed, unsigned } from "./code.ts";

/** Where in memory: an address in bytes, plus a constant offset ≥ 0 in bytes. */
export type Address = Operand;

const plain = (opcode: number): Code => [opcode];
const simd = (opcode: number): Code => [0xfd, ...unsigned(opcode)];

const unary =
  (instruction: Code) =>
  (a: Operand): Code => [codeOf(a), instruction];
const binary =
  (instruction: Code) =>
  (a: Operand, b: Operand): Code => [codeOf(a), codeOf(b), instruction];
const ternary =
  (instruction: Code) =>
  (a: Operand, b: Operand, c: Operand): Code => [codeOf(a), codeOf(b), codeOf(c), instruction];

/** @param alignment log2 of the bytes moved */
const load =
  (instruction: Code, alignment: number) =>
  (address: Address, offset = 0): Code => [codeOf(address), instruction, alignment, unsigned(offset)];
const store =
  (instruction: Code, alignment: number) =>
  (address: Address, value: Operand, offset = 0): Code => [
    codeOf(address),
    codeOf(value),
    instruction,
    alignment,
    unsigned(offset),
  ];
const loadLane =
  (instruction: Code, alignment: number) =>
  (address: Address, vector: Operand, lane: number, offset = 0): Code => [
    codeOf(address),
    codeOf(vector),
    instruction,
    alignment,
    unsigned(offset),
    lane,
  ];
const extractLane =
  (instruction: Code) =>
  (vector: Operand, lane: number): Code => [codeOf(vector), instruction, lane];
const replaceLane =
  (instruction: Code) =>
  (vector: Operand, lane: number, value: Operand): Code => [codeOf(vector), codeOf(value), instruction, lane];

const littleEndian = (values: ArrayBufferView): number[] => [...new Uint8Array(values.buffer)];

/** 32-bit integers: counters and addresses. A plain number as operand is a constant. */
export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: load(plain(0x28), 2),
  store: store(plain(0x36), 2),
  eqz: unary(plain(0x45)),
  eq: binary(plain(0x46)),
  ne: binary(plain(0x47)),
  lt_s: binary(plain(0x48)),
  lt_u: binary(plain(0x49)),
  gt_s: binary(plain(0x4a)),
  gt_u: binary(plain(0x4b)),
  le_s: binary(plain(0x4c)),
  le_u: binary(plain(0x4d)),
  ge_s: binary(plain(0x4e)),
  ge_u: binary(plain(0x4f)),
  add: binary(plain(0x6a)),
  sub: binary(plain(0x6b)),
  mul: binary(plain(0x6c)),
  div_s: binary(plain(0x6d)),
  div_u: binary(plain(0x6e)),
  rem_s: binary(plain(0x6f)),
  rem_u: binary(plain(0x70)),
  and: binary(plain(0x71)),
  or: binary(plain(0x72)),
  xor: binary(plain(0x73)),
  shl: binary(plain(0x74)),
  shr_s: binary(plain(0x75)),
  shr_u: binary(plain(0x76)),
  trunc_sat_f32_s: unary([0xfc, 0]),
  reinterpret_f32: unary(plain(0xbc)),
} as const;

/** a if the condition is not 0, else b; both are evaluated. Numbers only, no vectors. */
export const select = (a: Operand, b: Operand, condition: Operand): Code => [
  codeOf(a),
  codeOf(b),
  codeOf(condition),
  0x1b,
];

export const f32 = {
  const: (value: number): Code => [0x43, ...littleEndian(Float32Array.of(value))],
  load: load(plain(0x2a), 2),
  store: store(plain(0x38), 2),
  eq: binary(plain(0x5b)),
  ne: binary(plain(0x5c)),
  lt: binary(plain(0x5d)),
  gt: binary(plain(0x5e)),
  le: binary(plain(0x5f)),
  ge: binary(plain(0x60)),
  abs: unary(plain(0x8b)),
  neg: unary(plain(0x8c)),
  sqrt: unary(plain(0x91)),
  add: binary(plain(0x92)),
  sub: binary(plain(0x93)),
  mul: binary(plain(0x94)),
  div: binary(plain(0x95)),
  min: binary(plain(0x96)),
  max: binary(plain(0x97)),
  convert_i32_s: unary(plain(0xb2)),
  demote_f64: unary(plain(0xb6)),
  reinterpret_i32: unary(plain(0xbe)),
} as const;

export const f64 = {
  const: (value: number): Code => [0x44, ...littleEndian(Float64Array.of(value))],
  load: load(plain(0x2b), 3),
  store: store(plain(0x39), 3),
  sqrt: unary(plain(0x9f)),
  add: binary(plain(0xa0)),
  sub: binary(plain(0xa1)),
  mul: binary(plain(0xa2)),
  div: binary(plain(0xa3)),
  convert_i32_s: unary(plain(0xb7)),
  promote_f32: unary(plain(0xbb)),
} as const;

const zero: Code = [...simd(12), ...new Array<number>(16).fill(0)];

/** Vectors of 16 bytes, whatever they hold. */
export const v128 = {
  load: load(simd(0), 4),
  /** One f32 or i32 in all four lanes. */
  load32_splat: load(simd(9), 2),
  load64_splat: load(simd(10), 3),
  /** One f32 in lane 0, zero in the others. */
  load32_zero: load(simd(92), 2),
  load64_zero: load(simd(93), 3),
  store: store(simd(11), 4),
  load32_lane: loadLane(simd(86), 2),
  load64_lane: loadLane(simd(87), 3),
  store32_lane: loadLane(simd(90), 2),
  store64_lane: loadLane(simd(91), 3),
  zero: (): Code => zero,
  f32: (values: readonly [number, number, number, number]): Code => [
    simd(12),
    ...littleEndian(Float32Array.from(values)),
  ],
  i32: (values: readonly [number, number, number, number]): Code => [
    simd(12),
    ...littleEndian(Int32Array.from(values)),
  ],
  /** Four lanes of 32 bits out of a (0–3) and b (4–7). */
  shuffle32: (a: Operand, b: Operand, lanes: readonly [number, number, number, number]): Code => [
    codeOf(a),
    codeOf(b),
    simd(13),
    ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
  not: unary(simd(77)),
  and: binary(simd(78)),
  /** a and not b */
  andnot: binary(simd(79)),
  or: binary(simd(80)),
  xor: binary(simd(81)),
  /** Bits of a where the mask is 1, of b where it is 0. */
  bitselect: ternary(simd(82)),
  any_true: unary(simd(83)),
} as const;

export const f32x4 = {
  splat: unary(simd(19)),
  extract_lane: extractLane(simd(31)),
  replace_lane: replaceLane(simd(32)),
  eq: binary(simd(65)),
  ne: binary(simd(66)),
  lt: binary(simd(67)),
  gt: binary(simd(68)),
  le: binary(simd(69)),
  ge: binary(simd(70)),
  abs: unary(simd(224)),
  neg: unary(simd(225)),
  sqrt: unary(simd(227)),
  add: binary(simd(228)),
  sub: binary(simd(229)),
  mul: binary(simd(230)),
  div: binary(simd(231)),
  /** NaN where either is NaN; −0 is less than +0. */
  min: binary(simd(232)),
  max: binary(simd(233)),
  /** b < a ? b : a */
  pmin: binary(simd(234)),
  /** a < b ? b : a */
  pmax: binary(simd(235)),
  convert_i32x4_s: unary(simd(250)),
  demote_f64x2_zero: unary(simd(94)),
  /** a · b + c, rounded once where the processor has it. Only where the engine has relaxed SIMD. */
  relaxed_madd: ternary(simd(0x105)),
  /** −(a · b) + c */
  relaxed_nmadd: ternary(simd(0x106)),
} as const;

export const i32x4 = {
  splat: unary(simd(17)),
  extract_lane: extractLane(simd(27)),
  replace_lane: replaceLane(simd(28)),
  eq: binary(simd(55)),
  ne: binary(simd(56)),
  lt_s: binary(simd(57)),
  gt_s: binary(simd(59)),
  all_true: unary(simd(163)),
  shl: binary(simd(171)),
  shr_u: binary(simd(173)),
  add: binary(simd(174)),
  sub: binary(simd(177)),
  mul: binary(simd(181)),
  min_s: binary(simd(182)),
  max_s: binary(simd(184)),
  trunc_sat_f32x4_s: unary(simd(248)),
} as const;

export const f64x2 = {
  splat: unary(simd(20)),
  extract_lane: extractLane(simd(33)),
  sqrt: unary(simd(239)),
  add: binary(simd(240)),
  sub: binary(simd(241)),
  mul: binary(simd(242)),
  div: binary(simd(243)),
  /** The two f32 in lanes 0 and 1. */
  promote_low_f32x4: unary(simd(95)),
} as const;

/** How products are added: with one rounding where the engine has relaxed SIMD, with two otherwise. */
export const multiplyAdd =
  (relaxed: boolean) =>
  (a: Operand, b: Operand, c: Operand): Code =>
    relaxed ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
