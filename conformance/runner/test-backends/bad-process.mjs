import { createInterface } from "node:readline";

/** Speaks the protocol, but answers its calls wrongly: one way after the other, then it ends. */
const wrongAnswers = [
  () => "not JSON",
  ({ id }) => JSON.stringify({ id, outputs: { Z: { dtype: "f32", shape: [1], data: 7 } } }),
  ({ id }) => JSON.stringify({ id, outputs: { Z: { dtype: "f32", shape: [1], data: "AAA=" } } }),
  ({ id }) => JSON.stringify({ id, outputs: { Z: { dtype: "f32", shape: [1], data: "AAAAAA==" } } }),
  ({ id }) => JSON.stringify({ id, error: { message: "no such kernel", unsupported: true } }),
  () => process.exit(5),
];

createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  if (request.type === "describe")
    console.log(JSON.stringify({ id: request.id, name: "bad-process", operators: ["correlate"] }));
  if (request.type === "run") console.log(wrongAnswers.shift()?.(request));
});
