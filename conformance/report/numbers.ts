import type { DType } from "../../spec/index.ts";
import { fromJson, type JsonNumber } from "../fixture.ts";

/** The decimal digits that tell any two numbers of a format apart. */
const digits: Readonly<Record<DType, number>> = { f16: 5, f32: 9, f64: 17 };

/** The shortest decimal that is nobody else's in its format, with a true minus sign. */
export function show(value: JsonNumber, dtype: DType): string {
  const number = fromJson(value);
  if (Object.is(number, -0)) return "−0";
  if (!Number.isFinite(number) || dtype === "f64") return minus(String(number));
  for (let precision = 1; precision < digits[dtype]; precision++) {
    const rounded = Number(number.toPrecision(precision));
    if (dtype === "f32" ? Math.fround(rounded) === number : rounded === number) return minus(String(rounded));
  }
  return minus(String(Number(number.toPrecision(digits[dtype]))));
}

/** A number of which only the size matters: a margin, an allowed error. */
export function showRoughly(value: JsonNumber): string {
  const number = fromJson(value);
  return minus(String(Number.isFinite(number) ? Number(number.toPrecision(3)) : number));
}

const minus = (text: string): string => text.replaceAll("-", "−").replace("Infinity", "∞");

/** 2 elements, 1 element. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** K[1,0..1,2]: one index, or the range of it, for each axis. */
export const place = (tensor: string, begin: readonly number[], end: readonly number[] = begin): string =>
  `${tensor}[${begin.map((first, axis) => (first === end[axis] ? first : `${first}..${end[axis]}`)).join(",")}]`;
