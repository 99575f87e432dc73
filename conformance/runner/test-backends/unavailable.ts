import { BackendUnavailable } from "../../../spec/index.ts";

throw new BackendUnavailable("there is no GPU");
