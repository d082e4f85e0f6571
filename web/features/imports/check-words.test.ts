import { describe, expect, it } from "vitest";
import { duplicateWords, shortHash, sumTerms, takenRows, takenText, warningsOf } from "./check-words.ts";

const counts = { rows: 1250, created: 38, updated: 1103, unchanged: 88, duplicate: 12, rejected: 9 };
const at = new Date("2026-11-21T09:04:00Z");
const fresh = { counts, sameAs: null, newestPost: "2026-11-21", previous: null };

describe("the check of a file", () => {
  it("has terms that add up to its rows, and takes all but the rejected", () => {
    expect(sumTerms(counts).reduce((sum, term) => sum + (term.count ?? 0), 0)).toBe(counts.rows);
    expect(takenRows(counts)).toBe(1241);
  });

  it("tells rows from the videos that they are of, where one stands in the file twice", () => {
    expect(takenText(counts)).toBe("1,241 rows (1,229 videos)");
    expect(duplicateWords(counts)).toMatch(/^They are 1,229 videos: /);
    expect([takenText({ ...counts, duplicate: 0 }), duplicateWords({ ...counts, duplicate: 0 })]).toEqual([
      "1,241 rows",
      "",
    ]);
  });

  it("warns of nothing for a fresh file of the usual length", () => {
    const previous = { rows: 1300, newestPost: "2026-11-20", at };
    expect(warningsOf({ ...fresh, previous }, "2026-11-22")).toEqual([]);
  });

  it("says of a file without rows that it changes nothing", () => {
    const none = { rows: 0, created: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 };
    expect(warningsOf({ ...fresh, counts: none, newestPost: null }, "2026-11-22")).toMatchObject([
      { key: "empty", title: "The file has no rows." },
    ]);
  });

  it("names the run that imported the same bytes", () => {
    const sameAs = { importId: "x", runNumber: 417, at };
    expect(warningsOf({ ...fresh, sameAs }, "2026-11-22")).toMatchObject([
      { key: "same", title: "The same file was imported by run 417.", runNumber: 417 },
    ]);
  });

  it("says how old the newest post is, and that older figures would come back", () => {
    const previous = { rows: 1250, newestPost: "2026-11-21", at };
    const [warning] = warningsOf({ ...fresh, newestPost: "2026-11-19", previous }, "2026-11-22");
    expect(warning?.title).toBe("The newest post is 3 days old.");
    expect(warning?.text).toContain("2 days newer");
  });

  it("warns of more than 30 % fewer rows, not of 30 %", () => {
    const shorter = (rows: number) => ({
      ...fresh,
      counts: { ...counts, rows },
      previous: { rows: 1000, newestPost: null, at },
    });
    expect(warningsOf(shorter(700), "2026-11-22")).toEqual([]);
    expect(warningsOf(shorter(590), "2026-11-22")).toMatchObject([{ title: "41\u00a0% fewer rows than last time." }]);
  });

  it("shortens a hash to both ends", () => {
    expect(shortHash(`9f3c${"0".repeat(56)}e201`)).toBe("9f3c…e201");
  });
});
