import { type Check, type Kind, kinds } from "../check.ts";
import { loadFixtures } from "../load-fixtures.ts";
import { packageVersion, readJson } from "../package.ts";
import type { BackendReport, NotLoaded, Report } from "../report/report.ts";
import { reportText } from "../report/text.ts";
import { reportJson, writeReport } from "../report/write.ts";
import { digestOf } from "../runner/digest.ts";
import { type Manifest, missingFrom } from "../runner/manifest.ts";
import { runBackends } from "../runner/run-backends.ts";
import { type Filters, select } from "../runner/select.ts";
import { requestedBackends } from "../runner/target.ts";
import { exitCode, missingRequired } from "../runner/verdict-of-run.ts";
import { onInterrupt } from "./interrupt.ts";
import { loadSuite, suiteUrl } from "./load-suite.ts";
import { filtersOf } from "./options.ts";
import { complain, note, print } from "./output.ts";
import { promote } from "./promote.ts";
import { runningProgress } from "./running-progress.ts";

/** The options of `convspec run`, as commander gives them. */
export interface RunCommandOptions extends Partial<Filters> {
  readonly seed: number;
  readonly timeout: number;
  readonly require?: readonly string[];
  readonly observe?: readonly string[];
  readonly command?: readonly string[];
  /** The directory of the report, or false for none. */
  readonly report: string | false;
  /** Where the calls that broke laws go, as fixtures. */
  readonly promote?: string;
  readonly json?: boolean;
}

const interruptedCode = 130;
/** Seconds a backend has at least to load, whatever a check may take: a model runtime takes its time. */
const leastLoadTimeout = 60;

interface WholeSuite {
  readonly all: readonly Check[];
  readonly digest: string;
}

/** Loads the whole suite when it is first asked for. */
function wholeSuite(): () => Promise<WholeSuite> {
  const load = async (): Promise<WholeSuite> => {
    const all = await loadSuite(suiteUrl);
    return { all, digest: await digestOf(all, loadFixtures()) };
  };
  let loaded: Promise<WholeSuite> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

/** The checks to be run, from those of the kinds that are asked for: the whole suite takes longer to load. */
async function selectOf(
  asked: readonly Kind[],
  filters: Filters,
  whole: () => Promise<WholeSuite>,
): Promise<readonly Check[]> {
  const checks = asked.length === kinds.length ? (await whole()).all : await loadSuite(suiteUrl, asked);
  try {
    return select(checks, filters);
  } catch {
    // What there would have been to choose from, only the whole suite can say.
    return select((await whole()).all, filters);
  }
}

/**
 * Runs the suite on backends, prints and writes the report.
 * @returns the exit code
 * @throws {UsageError} where the options select nothing
 */
export async function run(modules: readonly string[], options: RunCommandOptions): Promise<number> {
  const requested = requestedBackends(modules, options.command, options.observe);
  const filters = filtersOf(options);
  const required = options.require ?? [];
  const started = new Date();
  const interrupt = onInterrupt();
  const progress = runningProgress();
  const asked = kinds.filter((kind) => filters.kind.length === 0 || filters.kind.includes(kind));
  const whole = wholeSuite();
  const selected = selectOf(asked, filters, whole);
  // What the report says of the whole suite is found out while the backends load and begin.
  selected.then(whole).catch(() => {});

  const results = await runBackends(requested, selected, {
    suite: suiteUrl,
    kinds: asked,
    seed: options.seed,
    timeout: options.timeout * 1000,
    loadTimeout: Math.max(options.timeout, leastLoadTimeout) * 1000,
    signal: interrupt.signal,
    ...progress.events,
  }).finally(() => {
    progress.stop();
    interrupt.stop();
  });
  const [{ all, digest }, checks] = await Promise.all([whole(), selected]);

  const backends = results.filter((result): result is BackendReport => "checks" in result);
  if (options.promote !== undefined) for (const path of promote(backends, options.promote)) note(`fixture: ${path}`);
  const notLoaded = results.filter((result): result is NotLoaded => !("checks" in result));
  const interrupted = interrupt.signal.aborted;
  const report: Report = {
    version: packageVersion,
    host: `Node ${process.versions.node}`,
    suite: { digest, checks: all.length, selected: checks.length },
    seed: options.seed,
    started: started.toISOString(),
    wallSeconds: (Date.now() - started.getTime()) / 1000,
    interrupted,
    problems: [
      ...missingFrom(all, readJson("conformance/manifest.json") as Manifest),
      ...(interrupted ? [] : missingRequired(required, { backends, notLoaded })),
    ],
    backends,
    notLoaded,
  };
  await publish(report, options);
  return interrupted ? interruptedCode : exitCode(report, required);
}

async function publish(report: Report, { json, report: directory, require }: RunCommandOptions): Promise<void> {
  if (json) process.stdout.write(reportJson(report));
  else if (report.backends.length > 0) print(reportText(report));
  for (const { module, unavailable, reason } of report.notLoaded)
    if (unavailable) note(`${module} is unavailable, and not held: ${reason}`);
    else if (!require?.includes(module)) complain(`cannot load ${module}: ${reason}`);
  for (const problem of report.problems) complain(problem);
  if (directory === false) return;
  const paths = await writeReport(directory, report);
  (json ? note : print)(`report: ${paths.join(", ")}`);
}
