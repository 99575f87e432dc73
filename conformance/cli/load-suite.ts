import type { Check, Kind, SuiteModule } from "../check.ts";
import { moduleUrl } from "../package.ts";

/** The URL of the module that exports the suite; a host process builds it again from there. */
export const suiteUrl: string = moduleUrl("conformance/suite").href;

/** Every check of a suite, or of some kinds, by the URL of its module. */
export async function loadSuite(url: string, kinds?: readonly Kind[]): Promise<readonly Check[]> {
  const { suite } = (await import(url)) as SuiteModule;
  return suite(kinds);
}
