import { InvalidArgumentError } from "commander";

/** A positive number of an option, such as of minutes. */
export function positive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && number < Number.POSITIVE_INFINITY)) throw new InvalidArgumentError("It is a number above 0.");
  return number;
}

/** A positive integer of an option, such as of checks or threads. */
export function positiveInteger(value: string): number {
  const number = positive(value);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError("It is a positive integer.");
  return number;
}
