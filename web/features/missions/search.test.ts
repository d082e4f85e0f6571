import { describe, expect, it } from "vitest";
import { missionSearch, seedingsSearch, undoOf, undoPlace } from "./search.ts";

const seedId = "0b5b2a5e-6d3f-4d0c-9d5a-0a1b2c3d4e5f";

describe("the address of an undo", () => {
  it.each([
    ["all seedings", seedingsSearch],
    ["a mission", missionSearch],
  ])("says on the page of %s which list is open, and where in it", (_, search) => {
    const at = { undo: seedId, undoFate: "kept", undoAfter: "k1", undoPage: 2 };
    expect(search.parse(at)).toMatchObject(at);
    expect(search.parse({ ...at, undoFate: "?", undoPage: 0 })).toMatchObject({ undo: seedId, undoAfter: "k1" });
  });

  it("begins at the first list and its first page, and leaves nothing behind", () => {
    const old = { after: "c", undo: seedId, undoFate: "kept", ...undoPlace({ before: "k2", page: 3 }) } as const;
    expect(seedingsSearch.parse({ ...old, ...undoOf(seedId) })).toEqual({ after: "c", undo: seedId });
    expect(seedingsSearch.parse({ ...old, ...undoOf(undefined) })).toEqual({ after: "c" });
  });
});
