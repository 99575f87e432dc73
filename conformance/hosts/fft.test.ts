import { createFft, type FftOptions } from "../../backends/fft/create.ts";
import type { Check } from "../check.ts";
import { suite } from "../suite.ts";
import { ownOf } from "./hold-to.ts";
import { conforms } from "./vitest.ts";

const checks = await suite();

/** The checks of the operators that it has, none of which it may lack; networks need others, too. */
const holdFft = (name: string, options: FftOptions, asks: (check: Check) => boolean = () => true): void => {
  const backend = { ...createFft(options), name };
  const own = ownOf(checks, backend).filter((check) => check.operator in backend.operators && asks(check));
  conforms(backend, own, { mayLack: ({ id }) => id.startsWith("network/") });
};

holdFft("fft", {});
/** The same is refused however a call is cut. */
const computes = ({ kind }: Check): boolean => kind !== "constraint";
holdFft("fft, smallest blocks", { blocks: "smallest", threads: 1 }, computes);
/** What is kept between calls is kept alike. */
const anew = (check: Check): boolean => computes(check) && check.kind !== "state";
holdFft("fft, accuracy local, smallest blocks", { accuracy: "local", blocks: "smallest", threads: 1 }, anew);
const shared: FftOptions = { blocks: "smallest", threads: 2, resident: true };
holdFft("fft, resident, smallest blocks on two threads", shared, ({ kind }) => kind === "case" || kind === "state");
