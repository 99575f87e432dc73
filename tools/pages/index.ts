import { families } from "../../spec/index.ts";
import { clauseText, notesOf } from "./clause.ts";
import { contents } from "./contents.ts";
import { paragraphs } from "./link.ts";
import { notesPage } from "./notes.ts";

/** The first line of every page that is written here. */
export const heading = "<!-- Written by tools/pages.ts from spec/families. Do not edit. -->";

const page = (...parts: readonly string[]): string => `${paragraphs([heading, ...parts])}\n`;

/** Every page of the spec that is generated, by its file name in spec/. */
export const pages = (): ReadonlyMap<string, string> =>
  new Map([
    ["README.md", page(contents())],
    ["NOTES.md", page(notesPage())],
    ...families.map(({ family, title, clauses }): [string, string] => [
      `${family}.md`,
      page(
        `# ${family} · ${title}`,
        "[Contents, and how to read a formula](README.md)",
        clauses.map(({ id, title: name }) => `- [${id}](#${id.toLowerCase()}) · ${name}`).join("\n"),
        ...clauses.map(clauseText),
        `---`,
        notesOf(clauses),
      ),
    ]),
  ]);
