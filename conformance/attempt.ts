import type { Backend, Tensor } from "../spec/index.ts";
import type { Invocation, Verdict } from "./check.ts";
import { invoke, MalformedResult, saysUnsupported } from "./invoke.ts";

/** What a thrown value says, in one line. */
const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split("\n")[0];

/** The verdict on a call that gave no result to judge. */
export function verdictOn(thrown: unknown, invocation?: Invocation): Verdict {
  if (saysUnsupported(thrown)) return { status: "unsupported", reason: messageOf(thrown) };
  if (thrown instanceof MalformedResult)
    return { status: "fail", failure: { message: thrown.message, invocation, observed: thrown.observed } };
  return { status: "error", message: `the backend threw: ${messageOf(thrown)}`, invocation };
}

/** Makes a call and judges its outputs; whatever goes wrong in the call becomes the verdict. */
export async function attempt(
  backend: Backend,
  invocation: Invocation,
  judged: (outputs: Readonly<Record<string, Tensor>>) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  let outputs: Readonly<Record<string, Tensor>>;
  try {
    outputs = await invoke(backend, invocation);
  } catch (thrown) {
    return verdictOn(thrown, invocation);
  }
  return judged(outputs);
}
