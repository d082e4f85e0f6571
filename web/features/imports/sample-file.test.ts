import { describe, expect, it } from "vitest";
import { csvColumns } from "../../../server/imports/schema.ts";
import { sampleFile } from "./sample-file.ts";

describe("the sample file", () => {
  it("has the exact header and three rows as wide, with days before today", () => {
    const [header, ...rows] = sampleFile("2026-03-01").trimEnd().split("\r\n");
    expect(header).toBe(csvColumns.join(","));
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain(",2026-02-26,Morning routine");
    expect(rows[1]).toContain('"Three products, one shelf"');
  });
});
