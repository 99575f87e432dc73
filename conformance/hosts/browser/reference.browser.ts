import { checks } from "../browser-suite.ts";
import { holdTo } from "../hold-to.ts";
import { loadBackend } from "./backend.ts";

/** What is written down, and gradients: whether laws hold of it, Node has shown. */
const written = checks.filter(({ kind }) => kind !== "law" && kind !== "state");

holdTo(written, await loadBackend("reference-f32"));
