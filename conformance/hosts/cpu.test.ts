import cpu from "../../backends/cpu/index.ts";
import { hold } from "./hold.ts";

hold(cpu);
