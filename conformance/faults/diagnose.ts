import { decode } from "../../reference/index.ts";
import type { Tensor } from "../../spec/index.ts";
import type { Invocation } from "../check.ts";
import { correct, type Fault, type Outputs } from "./fault.ts";
import { faults } from "./index.ts";

/** Whether a fault gives what was observed: to the rounding of a sum, since the fault adds in its own order. */
const alike = (observed: Tensor, candidate: Tensor | undefined): boolean => {
  if (candidate === undefined || String(observed.shape) !== String(candidate.shape)) return false;
  const [got, made] = [decode(observed), decode(candidate)];
  const scale = Math.max(0, ...Array.from(made, Math.abs).filter(Number.isFinite));
  const near = observed.dtype === "f64" ? 2 ** -40 : observed.dtype === "f32" ? 2 ** -16 : 2 ** -6;
  return Array.from(got).every(
    (value, at) => Object.is(value, made[at]) || value === made[at] || Math.abs(value - made[at]) <= near * scale,
  );
};

async function outputsOf(fault: Fault, { inputs, attributes }: Invocation): Promise<Outputs | undefined> {
  try {
    return await fault.plant(1)(correct(fault.operator), inputs, attributes);
  } catch {
    return undefined;
  }
}

/** The most elements of a call that is looked into: a diagnosis is no reason to wait. */
const mostElements = 20_000;

/** The faults that give, on this call, the very outputs that were observed. */
export async function matches(invocation: Invocation, observed: Outputs): Promise<string[]> {
  const size = Object.values(invocation.inputs).reduce((total, tensor) => total + (tensor?.data.length ?? 0), 0);
  if (size > mostElements) return [];
  const found: string[] = [];
  for (const fault of faults) {
    if (fault.operator !== invocation.operator || fault.stateful) continue;
    const made = await outputsOf(fault, invocation);
    if (made !== undefined && Object.entries(observed).every(([name, tensor]) => alike(tensor, made[name])))
      found.push(fault.id);
  }
  return found;
}
