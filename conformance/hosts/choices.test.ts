import { choicesOf } from "../../spec/index.ts";
import type { Check } from "../check.ts";
import { naive } from "../known-good/naive.ts";
import { hold } from "./hold.ts";

/** Of the operators whose clauses leave a choice, and networks of them; the others compute as in known-good.test.ts. */
const chooses = ({ id, operator }: Check): boolean =>
  id.startsWith("network/") || Object.keys(choicesOf(operator)).length > 0;

/** One that takes the last option of every choice, where the others take the first. */
hold({ ...naive("f32", { nan: "ignore", ties: "last" }), name: "reference-f32-otherwise" }, chooses);
