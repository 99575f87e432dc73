import { checks } from "../browser-suite.ts";
import { holdTo } from "../hold-to.ts";
import { loadBackend } from "./backend.ts";

/** What is written down, and gradients: whether laws hold of it, and what it refuses, Node has shown. */
const written = checks.filter(({ kind }) => kind === "case" || kind === "gradient");

holdTo(written, await loadBackend("reference-f32"));
