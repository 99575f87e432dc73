import { decode } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { correct, type Fault, type Outputs } from "./fault.ts";
import { faults } from "./index.ts";
import { isLargeFault } from "./named.ts";

const sameShape = (a: Tensor, b: Tensor): boolean => String(a.shape) === String(b.shape);

/** How far two sums of the same terms may lie apart for us to take them for the same, by the largest of them. */
const near = { f64: 2 ** -40, f32: 2 ** -16, f16: 2 ** -6 } as const;

/**
 * Whether a fault gives what was observed, and not only what is right: undefined where this output does not tell.
 * Where it is far from right somewhere, it is compared to the rounding of a sum, since the observed kernel
 * adds in its own order; where it differs from what is right only in a rounding or the sign of a zero, by bits.
 */
function explains(observed: Tensor, made: Tensor, right: Tensor | undefined): boolean | undefined {
  if (!sameShape(observed, made)) return false;
  const [got, wrong] = [decode(observed), Array.from(decode(made))];
  if (right === undefined || !sameShape(right, made)) return close(got, wrong, near[observed.dtype]);
  const exact = decode(right);
  const changed = [...wrong.keys()].filter((at) => !Object.is(wrong[at], exact[at]));
  const far = !close(wrong, exact, near[observed.dtype]);
  if (!far && !changed.every((at) => Object.is(got[at], wrong[at]))) return false;
  if (!close(got, wrong, near[observed.dtype])) return false;
  return changed.length > 0 ? true : undefined;
}

/** Whether two lists of values agree to a fraction of the largest of the second. */
function close(a: ArrayLike<number>, b: ArrayLike<number>, fraction: number): boolean {
  let scale = 0;
  for (let at = 0; at < b.length; at++) if (Number.isFinite(b[at])) scale = Math.max(scale, Math.abs(b[at]));
  for (let at = 0; at < b.length; at++)
    if (!Object.is(a[at], b[at]) && a[at] !== b[at] && !(Math.abs(a[at] - b[at]) <= fraction * scale)) return false;
  return true;
}

async function outputsOf(fault: Fault, { inputs, attributes }: Invocation): Promise<Outputs | undefined> {
  try {
    return await fault.plant(1)(correct(fault.operator), inputs, attributes);
  } catch {
    return undefined;
  }
}

const rightOutputs = ({ operator, inputs, attributes }: Invocation): Outputs | undefined => {
  try {
    return correct(operator)(inputs, attributes);
  } catch {
    return undefined;
  }
};

/** The most elements of a call that is looked into by all faults, and by those of large calls: a diagnosis is no reason to wait. */
const most = { small: 20_000, large: 2 ** 18 } as const;

/** The faults that give, on this call, the very outputs that were observed, and not those that are right. */
export async function matches(invocation: Invocation, observed: Outputs): Promise<string[]> {
  const sizes = [...Object.values(invocation.inputs), ...Object.values(observed)];
  const size = Math.max(...sizes.map((tensor) => tensor?.data.length ?? 0));
  if (size > most.large) return [];
  const large = size > most.small;
  const candidates = faults.filter(
    (fault) =>
      fault.operator === invocation.operator && !fault.stateful && !fault.valueless && (!large || isLargeFault(fault)),
  );
  // The naive kernel takes long on a large call, and what is wrong there is wrong by far.
  const right = large ? undefined : rightOutputs(invocation);
  const found: string[] = [];
  for (const fault of candidates) {
    const made = await outputsOf(fault, invocation);
    if (made === undefined) continue;
    const told = Object.entries(observed).map(
      ([name, tensor]) => made[name] !== undefined && explains(tensor, made[name], right?.[name]),
    );
    if (told.includes(true) && !told.includes(false)) found.push(fault.id);
  }
  return found;
}
