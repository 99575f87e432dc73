import pc from "picocolors";

/** Writes a result to stdout. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Writes what goes beside the result, an error or progress, to stderr. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** An error, for people: one line. */
export const complain = (text: string): void => note(`${pc.red("error:")} ${text}`);

/** Ends quietly when the reader of stdout has seen enough, as `head` does. */
export function allowClosedOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
}
