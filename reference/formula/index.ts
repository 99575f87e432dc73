export { difference, disagreement, ratioOf } from "./agreement.ts";
export {
  evaluateFormula,
  type FormulaOptions,
  type FormulaOutputs,
  runFormula,
  termCount,
} from "./evaluate.ts";
export { evaluateLetters } from "./letters.ts";
export { toTex } from "./tex.ts";
export { type Ratio, sameRatio } from "./value.ts";
