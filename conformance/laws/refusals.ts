import { type Implementation, type OperatorName, operatorNamed, operatorNames } from "../../spec/index.ts";
import { drawnCall } from "../arbitraries/call.ts";
import { spoiledCalls } from "../arbitraries/spoiled.ts";
import type { Invocation, Verdict } from "../check.ts";
import { saysUnsupported } from "../invoke.ts";
import type { Law } from "./law.ts";

const law = (operator: OperatorName): Law<Invocation> => ({
  id: `${operator}/law/refuses-spoiled`,
  title: "a valid call in which one thing is spoiled, an attribute at any axis or a tensor, is refused",
  clauses: [operatorNamed(operator).clauses[0]],
  operator,
  dtype: "f32",
  samples: drawnCall(operator),
  draws: 6,
  holds: async (backend, valid): Promise<Verdict> => {
    const implementation = backend.operators[operator] as Implementation<OperatorName> | undefined;
    let unsupported: Verdict = { status: "unsupported", reason: `operator ${operator}` };
    if (implementation === undefined) return unsupported;
    let refused = 0;
    for (const { call, spoiled, reason } of spoiledCalls(valid)) {
      try {
        await implementation(call.inputs as never, call.attributes);
      } catch (thrown) {
        if (saysUnsupported(thrown)) unsupported = { status: "unsupported", reason: thrown.message };
        else refused += 1;
        continue;
      }
      const message = `accepted a call it must refuse, with ${spoiled} spoiled: ${reason}`;
      return { status: "fail", failure: { message } };
    }
    return refused > 0 ? { status: "pass", margin: 0 } : unsupported;
  },
});

/** Every operator refuses whatever violates a constraint, not only the calls that are written down for it. */
export const refusalLaws: readonly Law[] = operatorNames.map(law) as unknown as Law[];
