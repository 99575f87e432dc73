import { naive } from "./naive.ts";

export default naive("f64");
