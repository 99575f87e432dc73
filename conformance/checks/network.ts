import { learning } from "../../reference/index.ts";
import { type Backend, declarationOf, type OperatorName } from "../../spec/index.ts";
import { verdictOn } from "../attempt.ts";
import type { Check, Invocation, Verdict } from "../check.ts";
import { type Expected, expect } from "../expected.ts";
import { fromJson } from "../fixture.ts";
import { boundsOf, type Declared, declarationOfAll, Undecided } from "../network/bounds.ts";
import { type FixtureStep, givenOf, type NetworkFixture, namedTensors } from "../network/fixture.ts";
import { type Made, onBackend } from "../network/on-backend.ts";
import { computationOf } from "../verdicts/allowed.ts";
import { judge } from "../verdicts/judge.ts";

/** What every tensor of every step must be, with bounds for what a backend declares. */
function expectedOf(fixture: NetworkFixture, declared: Declared): readonly Expected[] {
  const { dtype, steps } = fixture;
  const bounds = boundsOf(fixture, givenOf(fixture), steps.length, dtype, declared);
  return steps.map((step, at) => {
    const magnitudes = namedTensors(bounds[at]);
    return Object.fromEntries(
      Object.entries(namedTensors<FixtureStep["loss"]>(step)).map(([name, { shape, values }]) => [
        name,
        { shape, values: values.map(fromJson), magnitudes: magnitudes[name] },
      ]),
    );
  });
}

/** Holds every call that was made on the way by itself, to what is right for the inputs it was given; the first failure. */
function callByCall(backend: Backend, { dtype }: NetworkFixture, made: readonly Made[]): Verdict {
  let margin = 0;
  for (const { invocation, outputs } of made) {
    const declaration = declarationOf(backend, invocation.operator);
    const expected = expect(invocation, declaration.choices, computationOf(declaration, dtype));
    const verdict = judge(invocation, expected, outputs, declaration);
    if (verdict.status !== "pass") return verdict;
    margin = Math.max(margin, verdict.margin);
  }
  return { status: "pass", margin };
}

/** A wrong tensor of a step, and the operator that went wrong first where one did by itself. */
function blamed(backend: Backend, fixture: NetworkFixture, made: readonly Made[], verdict: Verdict): Verdict {
  if (verdict.status !== "fail") return verdict;
  const { message, deviation } = verdict.failure;
  const first = callByCall(backend, fixture, made);
  if (first.status !== "fail") return { ...verdict, failure: { message, deviation } };
  const { operator } = first.failure.invocation as Invocation;
  return { ...first, failure: { ...first.failure, message: `${message}: ${operator} went wrong first` } };
}

/**
 * The checks that a network is: the tensors of each step, all errors from the first step on allowed for; or, where these
 * are too large to tell which way a maximum goes, each call by itself.
 */
export function networkChecks(fixture: NetworkFixture): Check[] {
  const { id, title, clauses, dtype, steps } = fixture;
  const known = new Map<string, readonly Expected[]>();
  const expectedFor = (declared: Declared): readonly Expected[] => {
    const key = JSON.stringify(declared);
    const expected = known.get(key) ?? expectedOf(fixture, declared);
    known.set(key, expected);
    return expected;
  };

  const heldAt =
    (step: number) =>
    async (backend: Backend): Promise<Verdict> => {
      const made: Made[] = [];
      try {
        const learned = await onBackend(backend, learning(fixture, givenOf(fixture), step + 1), made);
        const operators = [...new Set(made.map(({ invocation }): OperatorName => invocation.operator))];
        const declared: Declared = Object.fromEntries(operators.map((name) => [name, declarationOf(backend, name)]));
        const expected = expectedFor(declared)[step];
        const last = made[made.length - 1].invocation;
        const verdict = judge(last, expected, namedTensors(learned[step]), declarationOfAll(declared, dtype));
        return blamed(backend, fixture, made, verdict);
      } catch (thrown) {
        // Which way a maximum goes is then the backend's to say: each call is held on what came before it. All steps
        // make as many calls, and those of the steps before are held by the checks of those.
        if (thrown instanceof Undecided)
          return callByCall(backend, fixture, made.slice((made.length * step) / (step + 1)));
        return verdictOn(thrown);
      }
    };

  return steps.map((_, step) => ({
    id: `${id}/step-${step + 1}@${dtype}`,
    title: step === 0 ? title : `${title}, after ${step === 1 ? "one step" : `${step} steps`} of learning`,
    clauses: step === 0 ? clauses : [...new Set([...clauses, "NET-9" as const])],
    operator: "correlate",
    kind: "case",
    dtype,
    run: heldAt(step),
  }));
}
