import { describe, expect, test } from "vitest";
import { elements, embed, encode, evaluate, exact, exactly, rounded } from "../reference/index.ts";
import { factors } from "../reference/separable.ts";
import { operatorNamed, random, sizeOf, type Tensor } from "../spec/index.ts";
import { type KernelFixture, loadKernels } from "./kernels.ts";

const kernels = new Map(loadKernels().map((kernel) => [kernel.name, kernel]));

const kernel = (name: string): KernelFixture => {
  const found = kernels.get(name);
  if (found === undefined) throw new RangeError(`no kernel ${name}`);
  return found;
};

const stored = ({ shape, values }: Pick<KernelFixture, "shape" | "values">): Tensor => encode("f64", shape, values);

/** What a kernel makes of an image, exactly. */
function answers(name: string, rows: readonly (readonly number[])[]): number[] {
  const V = encode("f64", [1, 1, rows.length, rows[0].length], rows.flat());
  const K = stored(kernel(name));
  const { Z } = evaluate(exact, "correlate", { V, K }, operatorNamed("correlate").complete({ V, K }, {}));
  return elements(Z).map((value) => rounded(value, "f64"));
}

const image = (side: number, cell: (i: number, j: number) => number): number[][] =>
  Array.from({ length: side }, (_, i) => Array.from({ length: side }, (_, j) => cell(i, j)));

const isSeparable = ({ shape, values }: KernelFixture): boolean =>
  factors(exact, embed(exact, "K", encode("f64", shape.slice(2), values))) !== undefined;

describe("the kernels of the notes", () => {
  test.each([...kernels.values()].map((each) => [each.name, each] as const))(
    "%s is stored under its name, in numbers of f32",
    (_, { shape, values }) => {
      expect(values).toHaveLength(sizeOf(shape));
      for (const value of values) expect(Math.fround(value)).toBe(value);
    },
  );

  test("a line detector answers to a line of its own direction, and to no constant image", () => {
    const [across, down] = [image(3, (i) => (i === 1 ? 1 : 0)), image(3, (_, j) => (j === 1 ? 1 : 0))];
    expect([answers("line-detector-vertical", down), answers("line-detector-vertical", across)]).toEqual([[6], [0]]);
    expect([answers("line-detector-horizontal", across), answers("line-detector-horizontal", down)]).toEqual([
      [6],
      [0],
    ]);
    for (const name of ["line-detector-vertical", "line-detector-horizontal"])
      expect(
        answers(
          name,
          image(4, () => 7),
        ),
      ).toEqual([0, 0, 0, 0]);
  });

  test("the Sobel filter answers to a horizontal edge and to no vertical one", () => {
    expect(
      answers(
        "sobel-horizontal-edges",
        image(3, (i) => i),
      ),
    ).toEqual([8]);
    expect(
      answers(
        "sobel-horizontal-edges",
        image(3, (_, j) => j),
      ),
    ).toEqual([0]);
  });

  test("the left neighbour is subtracted", () => {
    expect(answers("left-neighbour-difference", [[3, 5, 4, 4]])).toEqual([2, -1, 0]);
  });

  test("a Gabor function answers most to waves of its own direction", () => {
    const f = kernel("gabor-0").parameters?.f as number;
    const directions = [0, 45, 90, 135];
    const wave = (tau: number) => {
      const turn = (tau * Math.PI) / 180;
      return image(9, (i, j) => Math.cos(f * ((j - 4) * Math.cos(turn) + (i - 4) * Math.sin(turn))));
    };
    for (const tau of directions) {
      const found = directions.map((direction) => answers(`gabor-${direction}`, wave(tau))[0]);
      expect(directions[found.indexOf(Math.max(...found))]).toBe(tau);
    }
  });

  test("which are separable", () => {
    const planes = [...kernels.values()].filter(({ shape }) => shape[0] === 1 && shape[1] === 1);
    expect(planes.filter(isSeparable).map(({ name }) => name)).toEqual([
      "constant",
      "left-neighbour-difference",
      "line-detector-horizontal",
      "line-detector-vertical",
      "sobel-horizontal-edges",
    ]);
  });

  test("the random kernels are those of the portable generator", () => {
    const { parameters, shape, values } = kernel("random");
    const { next } = random(parameters?.seed as number, parameters?.id as string);
    expect(values).toEqual(Array.from({ length: sizeOf(shape) }, () => Math.floor(next() / 2 ** 16) / 2 ** 15 - 1));
  });

  test("the centres of clusters of patches without their mean have no mean but for rounding", () => {
    const { shape, values } = kernel("clustered-patches");
    const size = sizeOf(shape.slice(1));
    for (let at = 0; at < shape[0]; at++) {
      const cells = values.slice(at * size, (at + 1) * size);
      const sum = cells.map(exactly).reduce(exact.add, exact.zero);
      expect(Math.abs(rounded(sum, "f64"))).toBeLessThan(size * 2 ** -24);
      expect(Math.max(...cells.map(Math.abs))).toBeGreaterThan(0.1);
    }
  });
});
