import { describe, expect, it } from "vitest";
import { missionNames, reasonNotToUndo, stayingText, undoLabel, undoResultText, undoSentence } from "./undo-words.ts";

const some = { removed: 209, kept: 3, keptByReason: { completed: 2, has_redemption: 1 } };
const none = { removed: 1, kept: 0, keptByReason: { completed: 0, has_redemption: 0 } };
const undone = { at: new Date(0), byName: "Dana", removed: 41, kept: 3 };

describe("an undo in words", () => {
  it("says before what it removes and keeps, and why", () => {
    expect(undoSentence(some)).toBe("Removes 209 rows, keeps 3: 2 completed, 1 with a redemption.");
    expect(undoSentence({ removed: 5, kept: 2, keptByReason: { completed: 2, has_redemption: 0 } })).toBe(
      "Removes 5 rows, keeps 2 completed.",
    );
    expect(undoSentence(none)).toBe("Removes 1 row, keeps none.");
  });

  it.each([
    [267, 6, "Remove 267 rows and disable 6 missions"],
    [1, 1, "Remove 1 row and disable 1 mission"],
    [5, 0, "Remove 5 rows"],
    [undefined, 0, "Remove rows"],
  ])("names on its button everything that it does: %s rows, %s missions", (removed, off, text) => {
    expect(undoLabel(removed, off)).toBe(text);
  });

  it("says after what it did, and where that differs from what it promised", () => {
    expect(undoResultText({ ...some, kind: "undone", undone: null }, 209)).toBe(
      "Removed 209 rows, kept 3: 2 completed, 1 with a redemption.",
    );
    expect(undoResultText({ ...none, kind: "undone", undone: null }, 2)).toBe(
      "Removed 1 row (the preview said 2), kept none.",
    );
    expect(undoResultText({ ...some, kind: "already_undone", undone }, 209)).toBe(
      "Undone before by Dana. 0 removed, nothing to do.",
    );
    expect(undoResultText({ ...some, kind: "nothing_to_remove", undone: null }, 1)).toBe(
      "Nothing was removed: every row that is left is kept, 2 completed, 1 with a redemption.",
    );
  });

  it.each([
    [0, "No other row of it is left."],
    [1, "1 other row of it stays as it is and does not move while it is off."],
    [63, "63 other rows of it stay as they are and do not move while it is off."],
  ])("tells what becomes of %d other rows", (staying, text) => {
    expect(stayingText(staying)).toBe(text);
  });

  it("says why it cannot be done", () => {
    expect(reasonNotToUndo(undone, 3)).toBe("Undone by Dana already. What was kept stays.");
    expect(reasonNotToUndo(null, 0)).toBe("None of its rows is left.");
    expect([reasonNotToUndo(null, 3), reasonNotToUndo(null, undefined)]).toEqual([undefined, undefined]);
  });

  it.each([
    [[], "not known"],
    [["Gold"], "Gold"],
    [["Gold", "First"], "Gold and First"],
    [["Gold", "First", "Third", "Fourth"], "Gold, First and 2 more"],
  ])("names the missions %j", (names, text) => {
    expect(missionNames(names)).toBe(text);
  });
});
