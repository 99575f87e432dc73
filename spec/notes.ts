import type { NoteId } from "./clause.ts";

/** The five sets of lecture notes that the clauses come from, by the number clauses cite them under. */
export const notes: Readonly<Record<NoteId, string>> = {
  "000": "Deep Neural Networks, chapter 9: Convolutional Networks (lecture slides)",
  "001": "50.021 Artificial Intelligence, week 03: Convolutional Neural networks (lecture notes)",
  "002": "Convolutional Neural Networks (CNN), University of Padova (lecture slides)",
  "003": "Convolutional Neural Networks: What Even Are They? (slides)",
  "004": "COSE474-2024F Deep Learning, 7.1: From Fully Connected Layers to Convolutions (annotated chapter)",
};
