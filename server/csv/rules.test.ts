import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachment, cellText, csvLines, dayCells, fileName, instantCells, slug } from "./rules.ts";

describe("a cell", () => {
  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+cmd", "'+cmd"],
    ["-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["@anna", "'@anna"],
    ["\t=1", "'\t'=1"],
    ["\r=1", "'\r'=1"],
    ["\n=1", "'\n'=1"],
    ["a;=1", "a;'=1"],
    ["a; \0-1;＠b;c", "a; \0'-1;'＠b;c"],
    ["=1;=2", "'=1;'=2"],
    ["a\t+1", "a\t'+1"],
    ["two\r\n@lines", "two\r\n'@lines"],
    ['a;"=1"', `a;"'=1"`],
    ["a;-5", "a;'-5"],
    ["a; b = 1; c", "a; b = 1; c"],
    [" =1", "' =1"],
    ["\0=1", "'\0=1"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠a", "'＠a"],
    ["-1+1", "'-1+1"],
    ["-1e5", "'-1e5"],
    ["+5", "'+5"],
    ["-", "'-"],
    ["-63", "-63"],
    ["-4.50", "-4.50"],
    ["0", "0"],
    ["Gold = Sprint", "Gold = Sprint"],
    ["anna", "anna"],
    ["'quoted'", "'quoted'"],
    ["", ""],
  ])("%j is written as %j", (text, written) => {
    expect(cellText(text)).toBe(written);
  });

  it("of a number, or of nothing, is as plain as it can be", () => {
    expect([-63, 0, 1284, 0.5, null].map(cellText)).toEqual(["-63", "0", "1284", "0.5", ""]);
  });

  const anyText = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom(...Array.from("=+-@\t\r\n\",;' a1")) }),
  );

  it("never begins like a formula and comes back whole, whatever text is in it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [[cell, next]] = parse(csvLines([[text, "next"]], "first"), { bom: true }) as [[string, string]];
        expect(next).toBe("next");
        expect(cell.replaceAll("'", "")).toBe(text.replaceAll("'", ""));
        expect(/^[\s\0]*[=+\-@]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell)).toBe(false);
      }),
    );
  });

  it("holds no formula for a program that parts cells elsewhere, however it reads quotes", () => {
    fc.assert(
      fc.property(anyText, anyText, (one, two) => {
        const [, ...pieces] = csvLines([[one, two]], "next").split(/[;\t\r\n]/);
        expect(pieces.filter((piece) => /^["\s\0]*[=+\-@]/.test(piece))).toEqual([]);
      }),
    );
  });

  it("of blanks without end is written in no time", () => {
    const blanks = ";\t".repeat(200_000);
    const from = performance.now();
    expect(cellText(`a${blanks}`)).toHaveLength(400_001);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe("times", () => {
  it("are the client's, as text that sorts", () => {
    const at = new Date("2026-11-22T09:04:12.987Z");
    expect(instantCells("America/New_York")(at)).toBe("2026-11-22 04:04:12");
    expect(instantCells("Asia/Kolkata")(at)).toBe("2026-11-22 14:34:12");
    expect(instantCells("UTC")(new Date("2026-11-22T00:00:00Z"))).toBe("2026-11-22 00:00:00");
    expect(dayCells("America/New_York")(new Date("2026-11-22T04:59:59Z"))).toBe("2026-11-21");
    expect([instantCells("UTC")(null), dayCells("UTC")(null)]).toEqual([null, null]);
  });
});

describe("a file's name", () => {
  it.each([
    [["luma", "Gold Sprint", "will be created", "2026-11-26"], "luma-gold-sprint-will-be-created-2026-11-26.csv"],
    [["luma", "Größe 100 💄", "2026-11-26"], "luma-größe-100-2026-11-26.csv"],
    [["luma", "золотой спринт"], "luma-золотой-спринт.csv"],
    [["luma", "हिन्दी"], "luma-हिन्दी.csv"],
    [["luma", "../../etc/passwd", 'a"b\\c'], "luma-etc-passwd-a-b-c.csv"],
    [["luma", "\r\nSet-Cookie: a=b"], "luma-set-cookie-a-b.csv"],
    [["luma", "💄", "", "2026-11-26"], "luma-2026-11-26.csv"],
  ])("of %j is %s", (parts, name) => {
    expect(fileName(parts)).toBe(name);
  });

  it("is never long, and does not end in the middle of a sign", () => {
    expect(slug("a".repeat(500))).toHaveLength(60);
    expect(Array.from(slug("𝒜𠀀".repeat(100)))).toHaveLength(60);
  });

  it("stands in the header in ASCII for old programs and whole for all others", () => {
    expect(attachment("luma-gold.csv")).toBe(`attachment; filename="luma-gold.csv"; filename*=UTF-8''luma-gold.csv`);
    expect(attachment("luma-größe-100-é.csv")).toBe(
      `attachment; filename="luma-grosse-100-e.csv"; filename*=UTF-8''luma-gr%C3%B6%C3%9Fe-100-%C3%A9.csv`,
    );
    expect(attachment("luma-золотой-спринт-2026.csv")).toBe(
      `attachment; filename="luma-2026.csv"; filename*=UTF-8''luma-%D0%B7%D0%BE%D0%BB%D0%BE%D1%82%D0%BE%D0%B9-%D1%81%D0%BF%D1%80%D0%B8%D0%BD%D1%82-2026.csv`,
    );
    expect(attachment('it\'s (a) * "b".csv')).toBe(
      `attachment; filename="it's (a) * _b_.csv"; filename*=UTF-8''it%27s%20%28a%29%20%2A%20%22b%22.csv`,
    );
  });
});
