import { type Implementation, type OperatorName, operatorNamed, operatorNames } from "../../spec/index.ts";
import { type Spoiled, spoiledCall } from "../arbitraries/spoiled.ts";
import { verdictOn } from "../attempt.ts";
import { saysUnsupported } from "../invoke.ts";
import type { Law } from "./law.ts";

const law = (operator: OperatorName): Law<Spoiled> => ({
  id: `${operator}/law/refuses-spoiled`,
  title: "a valid call in which one thing is spoiled, an attribute at any axis or a tensor, is refused",
  clauses: [operatorNamed(operator).clauses[0]],
  operator,
  dtype: "f32",
  samples: spoiledCall(operator),
  draws: 60,
  holds: async (backend, { call, spoiled, reason }) => {
    const implementation = backend.operators[operator] as Implementation<OperatorName> | undefined;
    if (implementation === undefined) return { status: "unsupported", reason: `operator ${operator}` };
    try {
      await implementation(call.inputs as never, call.attributes);
    } catch (thrown) {
      return saysUnsupported(thrown) ? verdictOn(thrown) : { status: "pass", margin: 0 };
    }
    const message = `accepted a call it must refuse, with ${spoiled} spoiled: ${reason}`;
    return { status: "fail", failure: { message, invocation: call } };
  },
});

/** Every operator refuses whatever violates a constraint, not only the calls that are written down for it. */
export const refusalLaws: readonly Law[] = operatorNames.map(law) as unknown as Law[];
