import f16 from "../known-good/reference-f16.ts";
import f32 from "../known-good/reference-f32.ts";
import f64 from "../known-good/reference-f64.ts";
import { hold } from "./hold.ts";

for (const backend of [f16, f32, f64]) hold(backend);
