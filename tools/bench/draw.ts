import { parse, View } from "vega";
import { type Config, compile, type TopLevelSpec } from "vega-lite";

// One grey that can be read on white and on black, and nothing behind the chart.
const ink = "#768390";
const config: Config = {
  background: "transparent",
  font: "system-ui, sans-serif",
  axis: { labelColor: ink, titleColor: ink, domainColor: ink, tickColor: ink, gridColor: ink, gridOpacity: 0.2 },
  header: { labelColor: ink, titleColor: ink },
  legend: { labelColor: ink, titleColor: ink },
  title: { color: ink, subtitleColor: ink },
  view: { stroke: null },
};

/** A chart as SVG, with who wrote it in its first line. */
export async function drawSvg(spec: TopLevelSpec, generator: string): Promise<string> {
  const compiled = compile({ ...spec, config }).spec;
  const svg = await new View(parse(compiled), { renderer: "none" }).toSVG();
  return `<!-- ${generator} -->\n${svg}\n`;
}

/** Ours in blues, peers in warm colours and greys, limits in the colour of the text: legible on white and on black. */
const colours: Readonly<Record<string, string>> = {
  cpu: "#2f81f7",
  "cpu-direct": "#79b0f2",
  "cpu-copied": "#1f9eb3",
  "cpu-wide": "#1f9eb3",
  fft: "#3fa66a",
  webgpu: "#2f81f7",
  "tfjs-wasm": "#e0823d",
  "tfjs-webgpu": "#e0823d",
  "onnxruntime-web": "#d4a72c",
  "onnxruntime-webgpu": "#d4a72c",
  "onnxruntime-node": "#b35aa8",
  torch: "#d1495b",
  "scipy-fftconvolve": "#8c6bb1",
  "scipy-oaconvolve": "#b59ad6",
  "tfjs-cpu": "#9c8f7a",
};

/** The colours of the engines that are shown. */
export const scaleOf = (backends: readonly string[]) => ({
  domain: [...backends],
  range: backends.map((backend) => colours[backend] ?? ink),
});

export { ink };
