import { operatorNames } from "../../spec/index.ts";
import { holdsAgainstZoo } from "./zoo.ts";

holdsAgainstZoo(operatorNames.filter((name) => name.endsWith("-gradient")));
