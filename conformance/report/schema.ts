import { Ajv2020 } from "ajv/dist/2020.js";
import { readJson } from "../package.ts";

/** What is wrong with a report by its schema; undefined when nothing is. */
export function reportViolation(report: unknown): string | undefined {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validate = ajv.compile(readJson("conformance/report.schema.json") as object);
  return validate(report) ? undefined : ajv.errorsText(validate.errors, { dataVar: "report" });
}
