import { checks } from "../browser-suite.ts";
import { ownOf } from "../hold-to.ts";
import { conforms } from "../vitest.ts";
import { loadBackend } from "./backend.ts";

const fft = await loadBackend("fft");

/** It has no more than the operators that a transform is of use for. */
conforms(
  fft,
  ownOf(checks, fft).filter(({ operator }) => fft.operators[operator] !== undefined),
  { mayLack: ({ id }) => /^network\/|\/state\/threads/.test(id) },
);
