import { clauseById } from "../../spec/index.ts";

/** The page a clause stands on, and its place there, as a link from another page of the spec. */
export const address = (id: string): string => `${id.slice(0, id.indexOf("-"))}.md#${id.toLowerCase()}`;

/**
 * A text with every clause it names as a link.
 * @throws {RangeError} if it names a clause that does not exist
 */
export const linked = (text: string): string =>
  text.replace(/\b(?:[A-Z]{3,})-\d+\b(?!\.C)/g, (id) => `[${clauseById(id).id}](${address(id)})`);

/** A table in Markdown; nothing where it has no rows. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return rows.length === 0 ? "" : [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
};

/** Paragraphs, with what is empty left out. */
export const paragraphs = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join("\n\n");
