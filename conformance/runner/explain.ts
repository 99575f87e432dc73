const longest = 300;

/** The errors whose message says all: the name would add nothing. */
const speaking = new Set(["Error", "TransformError", "NotABackend", "BackendUnavailable", "MalformedResult"]);

/** A thrown value in one line, for people: what happened, without a stack trace. */
export function explain(thrown: unknown): string {
  if (!(thrown instanceof Error)) return oneLine(`threw ${String(thrown)}`);
  // esbuild, which compiles a user's TypeScript, counts the errors before it names the first.
  const message = thrown.message.replace(/^Transform failed with \d+ errors?:\n/, "").replace("ERROR: ", "");
  return oneLine(speaking.has(thrown.name) ? message : `${thrown.name}: ${message}`);
}

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
};
