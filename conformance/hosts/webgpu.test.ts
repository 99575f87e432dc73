import { createWebGpu } from "../../backends/webgpu/webgpu.ts";
import { suite } from "../suite.ts";
import { holdTo } from "./hold-to.ts";

/** With buffers poisoned and guarded, and every dispatch split: what a kernel may not rely on is not there. */
const { backend } = await createWebGpu({ debug: true });

holdTo(await suite(), backend);
