import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { charts, rendered } from "./charts.ts";

const local = (path: string): URL => new URL(path, import.meta.url);

describe("the charts that are kept", () => {
  const kept = charts.filter(({ results }) => existsSync(local(`results/${results}`)));

  test.each(kept.map((chart) => [chart.file, chart] as const))(
    "%s shows the results that are kept",
    async (file, chart) => {
      expect(await rendered(chart), "run npm run bench -- charts").toBe(readFileSync(local(`charts/${file}`), "utf8"));
    },
  );

  test("the page shows each of those of one thread", () => {
    const page = readFileSync(local("README.md"), "utf8");
    for (const { file } of charts.filter((chart) => !chart.file.endsWith("-2.svg")))
      expect(page).toContain(`charts/${file}`);
  });
});
