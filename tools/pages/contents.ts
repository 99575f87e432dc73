import { clauses, constraintsOf, errata, families, notes, operatorNamed, operatorNames } from "../../spec/index.ts";
import { address, linked, paragraphs, table } from "./link.ts";

const operatorRows = operatorNames.map((name) => {
  const { inputs, optional, outputs, clauses: ids, constraints } = operatorNamed(name);
  const shown = inputs.map((input) => (optional.includes(input) ? `${input} (optional)` : input));
  return [
    `\`${name}\``,
    shown.join(", "),
    outputs.join(", "),
    ids.map((id) => `[${id}](${address(id)})`).join(", "),
    `${constraints.length}`,
  ];
});

const familySections = families.map(({ family, title, clauses: members }) =>
  paragraphs([
    `### [${family} · ${title}](${family}.md)`,
    table(
      ["Clause", "Title", "Constraints", "Operators"],
      members.map(({ id, title: name, operators }) => [
        `[${id}](${address(id)})`,
        name,
        `${constraintsOf(id).length}`,
        operators.map((operator) => `\`${operator}\``).join(", "),
      ]),
    ),
  ]),
);

/** The table of contents of the spec. */
export const contents = (): string =>
  paragraphs([
    "# The spec",
    `What convolutional networks are made of, in ${clauses.length} numbered clauses. A clause says what holds, in prose and in a formula; ` +
      "the formula that is printed is the one that runs, and its result is compared, as an exact fraction, with that of the reference.",
    "## How to cite a clause",
    "By its id: “convspec CORR-4”. A constraint is cited as CORR-4.C1, an erratum of the notes as E-003. An id is never used for anything " +
      "else, nor renumbered; what is added gets a new one. The address of a clause is that of its page with the id in small letters: " +
      "`spec/CORR.md#corr-4`.",
    "## How to read a formula",
    "A formula is one expression with the notes' indices, which count from 1. `Sum`, `Max` and `Count` run over all values of the indices named after " +
      "the comma for which every index is valid: a term with an index outside its tensor is no term. The range of an index is that of the axis at " +
      "which it stands by itself, unless it is given, as in `m=1:R1`. The indices on the left run over the output. A letter with a number is that letter on " +
      "one spatial axis: s1 is the stride on the first. …X stands for one extent on each spatial axis. `Count` counts terms, or, where a comparison stands " +
      "in it, those for which it holds.",
    "## How to read a claim",
    "What a clause states beside its formulas is computed on both sides by the reference: a cost is counted, a receptive field is found by running " +
      "the layers on sets of places, a counterexample is run. A row of the table of claims has what is claimed, and what running it gave when the page was written.",
    "## Contents",
    ...familySections,
    "## Operators",
    table(["Operator", "Inputs", "Outputs", "Clauses", "Constraints"], operatorRows),
    "## Errata of the notes",
    "Where the source notes print something that does not hold.",
    table(
      ["Erratum", "Clause", "Where", "Printed", "Holds"],
      errata.map(({ id, clause, source: { note, heading }, printed, corrected }) => [
        id,
        `[${clause}](${address(clause)})`,
        `${note}, “${heading}”`,
        linked(printed),
        linked(corrected),
      ]),
    ),
    "## Sources",
    "[Where each part of the notes went](NOTES.md), heading by heading.",
    table(
      ["Note", "Title"],
      Object.entries(notes)
        .toSorted()
        .map(([note, title]) => [note, title]),
    ),
  ]);
