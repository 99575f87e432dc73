import { naive } from "../known-good/naive.ts";
import { hold } from "./hold.ts";

/** One that takes the last option of every choice, where the others take the first. */
hold({ ...naive("f32", { nan: "ignore", ties: "last" }), name: "reference-f32-otherwise" });
