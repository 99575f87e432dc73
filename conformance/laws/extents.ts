import fc from "fast-check";
import { type OperatorName, operatorNamed, operatorNames } from "../../spec/index.ts";
import { along, callsOf, isIn, long, past } from "../arbitraries/shapes.ts";
import { windowed } from "../arbitraries/swept-windows.ts";
import { attempt } from "../attempt.ts";
import type { Invocation } from "../check.ts";
import { againstReference, allHold } from "../oracle.ts";
import { judgeAt } from "../verdicts/judge-at.ts";
import type { Law } from "./law.ts";
import { places } from "./places.ts";

/** Every remainder of the widths of vectors and small tiles, and what is around those of larger ones. */
const extents = [...Array.from({ length: 17 }, (_, at) => at + 1), 24, 25, 31, 32, 33];

/** Seeds of integers: the shapes are swept, not drawn. */
const seeds = fc.nat();

const law = (
  operator: OperatorName,
  name: string,
  title: string,
  calls: (seed: number) => Iterable<Invocation>,
): Law<number> => ({
  id: `${operator}/law/${name}`,
  title,
  clauses: [operatorNamed(operator).clauses[0]],
  operator,
  dtype: "f32",
  samples: seeds,
  draws: 1,
  shrinks: false,
  holds: (backend, seed) =>
    allHold(Array.from(calls(seed), (invocation) => () => againstReference(backend, invocation))),
});

const everyExtent = operatorNames
  .filter((operator) => isIn(operator, along(2)))
  .map((operator) =>
    law(operator, "every-extent", "every extent from 1 to 17, and around 24 and 32, along each axis in turn", (seed) =>
      extents.flatMap((n) => callsOf(operator, along(n), seed)),
    ),
  );

const severalExtents = operatorNames
  .filter((operator) => isIn(operator, past))
  .map(
    (operator): Law<number> => ({
      ...law(
        operator,
        "several-extents",
        "several extents at once past the widths of vectors and small tiles, and attributes larger than usual",
        (seed) => callsOf(operator, past, seed),
      ),
      holds: (backend, seed) =>
        allHold(
          callsOf(operator, past, seed).map(
            (invocation) => () =>
              attempt(backend, invocation, (outputs) =>
                judgeAt(invocation, outputs, backend, (output) => places(output, seed)),
              ),
          ),
        ),
    }),
  );

const longSums = operatorNames
  .filter((operator) => isIn(operator, long))
  .map((operator) =>
    law(operator, "long-sum", "sums of 4,203 terms, past what half precision counts", (seed) =>
      callsOf(operator, long, seed),
    ),
  );

const everyWindow = operatorNames
  .filter((operator) => isIn(operator, windowed))
  .map((operator) =>
    law(operator, "every-window", "every stride with every dilation, padding and rounding", (seed) =>
      callsOf(operator, windowed, seed),
    ),
  );

/** Calls of swept shapes: remainders of every vector and tile width, and sums longer than drawn calls have. */
export const extentLaws: readonly Law[] = [...everyExtent, ...everyWindow, ...severalExtents, ...longSums] as Law[];
