import { type NoteEntry, type NoteId, notes, notesMap } from "../../spec/index.ts";
import { address, linked, paragraphs, table } from "./link.ts";

const where = ({ heading, slides }: NoteEntry): string => (slides ? `${heading} (${slides} slides)` : heading);

const kernel = (name: string): string => `[kernel ${name}](../fixtures/kernels/${name}.json)`;

const became = ({ clauses, kernels = [] }: NoteEntry): string =>
  [...clauses.map((id) => `[${id}](${address(id)})`), ...kernels.map(kernel)].join(", ");

/** The table where each part of the notes went. */
export const notesPage = (): string =>
  paragraphs([
    "# Where each part of the notes went",
    "Every heading and slide title of the five sets of source notes, from top to bottom, with the clauses that say what stands there, or the reason why there is none.",
    ...(Object.keys(notes) as NoteId[]).toSorted().map((note) =>
      paragraphs([
        `## ${note} · ${notes[note]}`,
        table(
          ["Heading", "Part", "Clauses", "Without a clause"],
          notesMap
            .filter((entry) => entry.note === note)
            .map((entry) => [where(entry), entry.part ?? "", became(entry), linked(entry.reason ?? "")]),
        ),
      ]),
    ),
  ]);
