import { createFft } from "./create.ts";

export default createFft();
