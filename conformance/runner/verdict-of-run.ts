import { byReason } from "../report/groups.ts";
import type { BackendReport, NotLoaded, Report } from "../report/report.ts";

type Results = Pick<Report, "backends" | "notLoaded">;

const asked = ({ name, module }: Pick<BackendReport, "name" | "module">, wanted: string): boolean =>
  name === wanted || module === wanted;

/** What is amiss with the backends that a run requires, a line each: one that did not run has proved nothing. */
export function missingRequired(required: readonly string[], { backends, notLoaded }: Results): string[] {
  return required.flatMap((wanted) => {
    const refused = notLoaded.find(({ module }) => module === wanted);
    if (refused) return [`required backend ${wanted} cannot be loaded: ${refused.reason}`];
    const backend = backends.find((candidate) => asked(candidate, wanted));
    if (!backend) return [`required backend ${wanted} is not among those that ran: ${namesOf(backends)}`];
    const { pass, fail, error } = backend.summary;
    if (pass + fail + error > 0) return [];
    const [reason] = byReason(backend.checks, "unsupported");
    return [`required backend ${wanted} ran none of the checks${reason ? `: ${reason.reason}` : ""}`];
  });
}

const namesOf = (backends: readonly BackendReport[]): string => backends.map(({ name }) => name).join(", ") || "none";

/**
 * The exit code of a run: 2 where a backend cannot be loaded, 1 where a check failed, or a required
 * backend or a check of the manifest is missing, 0 otherwise. What is only observed decides nothing,
 * a required backend that cannot be loaded counts as missing, and another one may be unavailable where any ran at all.
 */
export function exitCode({ backends, notLoaded, problems }: Report, required: readonly string[]): 0 | 1 | 2 {
  const decides = ({ module, observed, unavailable }: NotLoaded) =>
    !observed && !(unavailable && backends.length > 0) && !required.includes(module);
  if (notLoaded.some(decides)) return 2;
  const wrong = backends.some(({ observed, summary }) => !observed && summary.fail + summary.error > 0);
  return wrong || problems.length > 0 ? 1 : 0;
}
