import { claims } from "../../reference/claims/index.ts";
import { toTex } from "../../reference/formula/index.ts";
import { type Clause, constraintsOf, formulasOf, type Instance, notes, type PrintedFormula } from "../../spec/index.ts";
import { linked, paragraphs, table } from "./link.ts";

const math = (tex: string): string => `\`\`\`math\n${tex}\n\`\`\``;

const caption = ({ axes, when = {} }: PrintedFormula): string =>
  [
    ...Object.entries(when).map(([attribute, value]) => `${attribute} ${value}`),
    ...(axes === undefined ? [] : [axes === 1 ? "1 spatial axis" : `${axes} spatial axes`]),
  ].join(", ");

/** A formula twice: as it is set, and as the string that ran. */
const formula = (printed: PrintedFormula): string =>
  paragraphs([
    caption(printed) && `*${caption(printed)}*`,
    math(toTex(printed.text)),
    `\`\`\`text\n${printed.text}\n\`\`\``,
  ]);

/** The formula for images comes first; those for other numbers of axes fold away where it is there. */
function formulas(clause: Clause): string {
  const all = formulasOf(clause);
  const folded = all.filter(({ axes }) => axes !== undefined && axes !== 2);
  const shown = all.filter((printed) => !folded.includes(printed));
  if (shown.length === 0) return paragraphs(folded.map(formula));
  const fold =
    folded.length > 0
      ? paragraphs([
          "<details>\n<summary>The same for 1 and 3 spatial axes</summary>",
          ...folded.map(formula),
          "</details>",
        ])
      : "";
  return paragraphs([...shown.map(formula), fold]);
}

function instance({ operator, names = {}, free, fixed = {}, optional }: Instance): string {
  const renamed = Object.entries(names).map(([letter, name]) => `${letter} for ${name}`);
  const attributes = [
    ...free.map((attribute) => `any ${attribute}`),
    ...Object.entries(fixed).map(([attribute, value]) => `${attribute} ${value}`),
  ];
  const parts = [
    `\`${operator}\``,
    renamed.length > 0 ? `with ${renamed.join(", ")}` : "",
    attributes.length > 0 ? `at ${attributes.join(" and ")}` : "",
  ].filter((part) => part !== "");
  const rest = `every ${attributes.length > 0 ? "other " : ""}attribute at its default${optional ? "" : ", no bias"}`;
  return `**Equals** ${parts.join(" ")}, ${rest}, and an extent of 1 on every leading axis the formula does not index.`;
}

const choices = (offered: Clause["choices"] = {}): string =>
  Object.entries(offered)
    .map(([name, options]) => `\`${name}\`: ${options.map((option) => `\`${option}\``).join(" or ")}`)
    .join("; ");

const source = ({ note, heading }: Clause["source"][number]): string => `${note}, “${heading}”`;

/** What is claimed beside the formulas, run while the page is written. */
function claimed(id: Clause["id"]): string {
  const own = claims.filter(({ clause }) => clause === id);
  const rows = own.map((claim) => {
    const { claimed: stated, found } = claim.holds();
    return [linked(claim.title), stated, found, `\`${claim.id}\``];
  });
  return table(["Claim", "Claimed", "Found by running it", "As"], rows);
}

/** The files of reference/claims in which the claims of a clause stand. */
const claimFiles = (id: Clause["id"]): string[] => [
  ...new Set(claims.filter(({ clause }) => clause === id).map((claim) => claim.id.slice(0, claim.id.indexOf("/")))),
];

/** One clause as it stands on the page of its family. */
export function clauseText(clause: Clause): string {
  const { id, title, statement, symbols = {}, special, source: sources, errata = [], operators } = clause;
  const references = [
    ...(clause.definedIn
      ? [`[spec/${clause.definedIn}](${clause.definedIn})`]
      : operators.map((name) => `[reference/${name}.ts](../reference/${name}.ts)`)),
    ...claimFiles(id).map((file) => `[reference/claims/${file}.ts](../reference/claims/${file}.ts)`),
  ];
  return paragraphs([
    `<a id="${id.toLowerCase()}"></a>`,
    `## ${id} · ${title}`,
    linked(statement),
    clause.equation && math(clause.equation),
    formulas(clause),
    clause.instance && instance(clause.instance),
    table(
      ["Symbol", "Meaning"],
      Object.entries(symbols).map(([letters, meaning]) => [`${letters}`, linked(meaning)]),
    ),
    table(
      ["Constraint", "What a call must meet", "Enforced by"],
      constraintsOf(id).map((constraint) => [
        `<a id="${constraint.id.toLowerCase()}"></a>${constraint.id}`,
        constraint.statement,
        constraint.operators.map((name) => `\`${name}\``).join(", "),
      ]),
    ),
    claimed(id),
    special && `**Special values.** ${linked(special)}`,
    clause.choices && `**Declared choice.** ${choices(clause.choices)}`,
    ...errata.map(
      (erratum) =>
        `**Erratum ${erratum.id}** (${source(erratum.source)}). *Printed:* ${linked(erratum.printed)} ` +
        `*Holds:* ${linked(erratum.corrected)}`,
    ),
    `**Source** ${sources.map(source).join(" · ")}`,
    references.length > 0 ? `**Reference** ${references.join(" · ")}` : "",
  ]);
}

/** The notes a family draws on, for the foot of its page. */
export const notesOf = (clauses: readonly Clause[]): string =>
  Object.entries(notes)
    .filter(([note]) => clauses.some(({ source: sources }) => sources.some((from) => from.note === note)))
    .map(([note, title]) => `${note}: ${title}`)
    .join("  \n");
