import {
  type Backend,
  type Implementation,
  isOperatorName,
  type OperatorName,
  operatorNames,
  type Tensor,
  UnsupportedError,
} from "../../spec/index.ts";
import { MalformedResult } from "../invoke.ts";
import { LineProcess } from "./line-process.ts";
import { type Answer, type Description, type Refusal, type Request, type Result, violation } from "./protocol.ts";
import { NotABackend } from "./validate-backend.ts";
import { fromWire, toWire } from "./wire.ts";

type Ask = (request: Request) => Promise<Answer>;

/** The answer to a request, held against the schema. */
async function answerTo(running: LineProcess, request: Request): Promise<Answer> {
  const answer = (await running.ask(request)) as Answer;
  const shape = "error" in answer ? "refusal" : request.type === "describe" ? "description" : "result";
  const wrong = violation(shape, answer);
  if (wrong !== undefined) throw new MalformedResult(`the process answered ${request.type} out of form: ${wrong}`);
  return answer;
}

/**
 * A backend that is another process, in any language, which speaks the protocol of conformance/protocol.md.
 * A process that has ended is started again by the next call.
 * @param command as one would type it into a shell
 * @param onEnd is told how the process ended, should it end after it has described itself and before it is closed
 * @throws {Error} where the process cannot be started or does not describe itself
 */
export async function processBackend(command: string, onEnd?: (how: string) => void): Promise<Backend> {
  let running = new LineProcess(command);
  let calls = 0;
  const ask: Ask = (request) => {
    if (running.ended !== undefined) {
      running = new LineProcess(command);
      running.onEnd = onEnd;
    }
    return answerTo(running, request);
  };
  const description = (await ask({ id: calls++, type: "describe" })) as Description | Refusal;
  if ("error" in description) throw new NotABackend(description.error.message);
  running.onEnd = onEnd;
  const { name, version, description: runsOn, dtypes, operators, declares } = description;
  const unknown = operators.find((operator) => !isOperatorName(operator));
  if (unknown !== undefined)
    throw new NotABackend(`unknown operator ${unknown}; the spec has: ${operatorNames.join(", ")}`);

  const run = (operator: OperatorName) => async (inputs: Readonly<Record<string, Tensor>>, attributes: object) => {
    const given = Object.entries(inputs).filter(([, tensor]) => tensor !== undefined);
    const wired = Object.fromEntries(given.map(([input, tensor]) => [input, toWire(tensor)]));
    const answer = (await ask({ id: calls++, type: "run", operator, inputs: wired, attributes })) as Result | Refusal;
    if ("error" in answer) {
      const { message, unsupported } = answer.error;
      throw unsupported ? new UnsupportedError(message) : new Error(message);
    }
    return Object.fromEntries(
      Object.entries(answer.outputs).map(([output, tensor]) => [output, fromWire(output, tensor)]),
    );
  };
  const implementations = operators.map((operator) => [
    operator,
    run(operator as OperatorName) as unknown as Implementation<OperatorName>,
  ]);
  return {
    name,
    ...(version !== undefined && { version }),
    ...(runsOn !== undefined && { description: runsOn }),
    ...(dtypes && { dtypes }),
    ...(declares && { declares }),
    operators: Object.fromEntries(implementations),
    close: async () => {
      if (running.ended !== undefined) return;
      // Its answer, if it gives one, is nobody's business: that it ends is enough.
      running.ask({ id: calls++, type: "close" }).catch(() => {});
      running.close();
    },
  };
}
