import pc from "picocolors";
import { decode, indexAt } from "../../reference/index.ts";
import {
  type Backend,
  type DType,
  check as holdAgainst,
  operatorNamed,
  operatorNames,
  sizeOf,
  type Tensor,
  UnsupportedError,
} from "../../spec/index.ts";
import type { Check, Invocation } from "../check.ts";
import { expect } from "../expected.ts";
import { toJson } from "../fixture.ts";
import { callLine, windowLines } from "../report/describe-failure.ts";
import { place, show } from "../report/numbers.ts";
import { callRecord, recordOf } from "../report/record.ts";
import { UsageError } from "../runner/select.ts";

const mostValues = 64;

/** The first call that a check makes, caught by a backend that only listens. */
async function firstCall(check: Check, seed: number): Promise<Invocation | undefined> {
  let caught: Invocation | undefined;
  const listener = (operator: Invocation["operator"]) => (inputs: object, attributes: object) => {
    caught ??= { operator, inputs, attributes } as Invocation;
    throw new UnsupportedError("listening");
  };
  const backend: Backend = {
    name: "listener",
    dtypes: ["f16", "f32", "f64"],
    operators: Object.fromEntries(operatorNames.map((name) => [name, listener(name)])),
  };
  await check.run(backend, seed);
  return caught;
}

/** Rows apart by line breaks, planes by an empty line. */
function grid(shape: readonly number[], values: ArrayLike<number>, dtype: DType): string[] {
  if (sizeOf(shape) > mostValues) {
    const first = Array.from({ length: 16 }, (_, at) => show(toJson(values[at]), dtype));
    return [`${first.join(" ")} … (${sizeOf(shape)} in all)`];
  }
  const cells = Array.from(values, (value) => show(toJson(value), dtype));
  const wide = Math.max(...cells.map((cell) => cell.length));
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += columns) {
    if (at > 0 && (at / columns) % rows === 0) lines.push("");
    lines.push(
      cells
        .slice(at, at + columns)
        .map((cell) => cell.padStart(wide))
        .join(" "),
    );
  }
  return lines;
}

const block = (name: string, lines: readonly string[]): string[] => [
  pc.bold(name),
  ...lines.map((text) => `  ${text}`),
  "",
];

function refusal({ operator, inputs, attributes }: Invocation): string | undefined {
  const given = Object.fromEntries(Object.entries(inputs).filter(([, tensor]) => tensor)) as Record<string, Tensor>;
  try {
    holdAgainst(operatorNamed(operator), { inputs: given, attributes });
    return undefined;
  } catch (violated) {
    return (violated as Error).message;
  }
}

function expectedText(check: Check, call: Invocation, at: readonly number[] | undefined): string[] {
  const refused = refusal(call);
  if (refused !== undefined) return block("expected", [`the call is refused: ${refused}`]);
  return Object.entries(expect(call)).flatMap(([name, { shape, values }]) => {
    const lines = block(`expected ${name} [${shape}]`, grid(shape, values, check.dtype));
    const element = at ?? indexAt(shape, Math.floor(values.length / 2));
    if (values.length === 0) return lines;
    if (element.length !== shape.length || element.some((i, axis) => i >= shape[axis]))
      throw new UsageError(`--at ${element}: ${name} has shape [${shape}]`);
    const offset = element.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
    const deviation = { output: name, index: element, got: 0, expected: values[offset], allowed: 0, wrong: 0, of: 1 };
    const record = recordOf(check, { status: "fail", failure: { message: "", deviation, invocation: call } });
    const head = `window of ${place(name, element)} = ${show(toJson(values[offset]), check.dtype)}`;
    return [...lines, ...block(head, windowLines(record))];
  });
}

/** A check as text: what it asks, the call it makes first, what is expected, and one window of it. */
export async function checkText(check: Check, seed: number, at?: readonly number[]): Promise<string> {
  const { id, title, clauses, kind, dtype } = check;
  const head = [pc.bold(id), title, pc.dim(`${kind}   ${clauses.join(" ")}   ${dtype}`), ""];
  const call = await firstCall(check, seed);
  if (!call) return [...head, "It makes no call with this seed."].join("\n");
  const inputs = Object.entries(call.inputs).flatMap(([name, tensor]) =>
    tensor ? block(`${name} [${tensor.shape}]`, grid(tensor.shape, decode(tensor), tensor.dtype)) : [],
  );
  const made = block(kind === "case" ? "call" : `first call, seed ${seed}`, [callLine(callRecord(call))]);
  return [...head, ...made, ...inputs, ...expectedText(check, call, at)].join("\n").trimEnd();
}
