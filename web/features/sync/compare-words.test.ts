import { describe, expect, it } from "vitest";
import type { ComparedFigure, ComparedStep } from "../../../server/sync/compare/schema.ts";
import { differenceText, figureName, figureText } from "./compare-words.ts";

const step: ComparedStep = {
  position: 1,
  name: "import",
  status: { before: "succeeded", after: "succeeded" },
  figures: [],
};
const figure = (more: Partial<ComparedFigure>): ComparedFigure => ({
  kind: "count",
  name: "created",
  before: 1200,
  after: 1,
  ...more,
});

describe("a compared figure", () => {
  it("is named by what it counts", () => {
    expect(figureName(step, figure({}))).toBe("New videos");
    expect(figureName(step, figure({ name: "creatorsCreated" }))).toBe("Creators created");
    expect(figureName(step, figure({ kind: "rows", name: "in" }))).toBe("Looked at");
    expect(figureName(step, figure({ kind: "skipped", name: "number_invalid" }))).toBe(
      "Left out: Rejected rows: number invalid",
    );
  });

  it("differs by a number with its sign, and by nothing where one is not known", () => {
    expect(figureText(figure({}), 1200)).toBe("1,200");
    expect(differenceText(figure({}))).toBe("\u22121,199");
    expect(differenceText(figure({ before: 1 }))).toBe("0");
    expect(differenceText(figure({ before: null }))).toBeNull();
    expect(differenceText(figure({ kind: "time", before: 1000, after: 3500 }))).toMatch(/^\+2\.5/);
  });
});
