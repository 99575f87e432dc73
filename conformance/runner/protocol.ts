import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { Backend, DType } from "../../spec/index.ts";
import { readJson } from "../package.ts";
import type { WireTensor } from "./wire.ts";

/** The protocol of conformance/protocol.md, as types. */
export type Request =
  | { readonly id: number; readonly type: "describe" | "close" }
  | {
      readonly id: number;
      readonly type: "run";
      readonly operator: string;
      readonly inputs: Readonly<Record<string, WireTensor>>;
      readonly attributes: object;
    };

export interface Description {
  readonly id: number;
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly dtypes?: readonly DType[];
  readonly operators: readonly string[];
  readonly declares?: Backend["declares"];
}

export interface Result {
  readonly id: number;
  readonly outputs: Readonly<Record<string, WireTensor>>;
}

export interface Refusal {
  readonly id: number;
  readonly error: { readonly message: string; readonly unsupported?: boolean };
}

export type Answer = Description | Result | Refusal;

const shapes = { request: "request", description: "description", result: "result", refusal: "refusal" } as const;

type Validators = Record<keyof typeof shapes, ValidateFunction>;

let compiled: Validators | undefined;

function validators(): Validators {
  if (compiled) return compiled;
  const schema = readJson("conformance/protocol.schema.json") as { $id: string };
  const ajv = new Ajv2020({ strict: true, strictTypes: false, schemas: [schema] });
  const entries = Object.entries(shapes).map(([name, def]) => [
    name,
    ajv.compile({ $ref: `${schema.$id}#/$defs/${def}` }),
  ]);
  compiled = Object.fromEntries(entries) as Validators;
  return compiled;
}

/** What is wrong with a message, naming the place in it; undefined when nothing is. */
export function violation(shape: keyof typeof shapes, message: unknown): string | undefined {
  const validate = validators()[shape];
  if (validate(message)) return undefined;
  const [first] = validate.errors ?? [];
  const place = first?.instancePath.slice(1).replaceAll("/", ".") ?? "";
  const extra = first?.params.additionalProperty as string | undefined;
  return [place, first?.message, extra].filter((part) => part).join(" ");
}
