export { default } from "./plain/index.ts";
