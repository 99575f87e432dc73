import { checks } from "../browser-suite.ts";
import { holdTo } from "../hold-to.ts";
import { loadBackend } from "./backend.ts";

holdTo(checks, await loadBackend("reference-f32"));
