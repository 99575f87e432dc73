import type { Clause } from "../clause.ts";

/** ACT: the detector stage. */
export const act: readonly Clause[] = [
  {
    id: "ACT-1",
    title: "The rectified linear unit",
    statement:
      "Every element that is negative becomes 0, and every other one stays as it is. This is the detector stage, which makes a layer more than a linear map. " +
      "The tensor may have any shape; i runs over all its elements.",
    formula: "Z[i] = max(V[i], 0)",
    symbols: { V: "the activations", Z: "what is left of them, of the shape of V" },
    special:
      "+∞ stays, −∞ becomes 0. NaN, by the choice nan. propagate: it stays NaN. ignore: it counts as no number and becomes 0, as the maximum of two numbers does in some " +
      "languages. The zero that −0 and negative elements become has either sign, by the choice signed-zero, or is +0.",
    choices: { nan: ["propagate", "ignore"], "signed-zero": ["any", "positive"] },
    source: [
      { note: "000", heading: "9.3 Pooling" },
      { note: "001", heading: "Pooling (Relu)" },
      { note: "002", heading: "Three stages of a typical CONV layer" },
    ],
    operators: ["relu"],
  },
];
