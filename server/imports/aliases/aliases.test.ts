import { describe, expect, it } from "vitest";
import type { ClientId, UserId } from "../../base/ids.ts";
import { aClient, aCreator, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, fileDay, importDay, storeDay, videosOf } from "../../testing/day-files.ts";
import { auditOf } from "../../testing/runs.ts";

const db = testDatabase();
const now = new Date(fileDay);
const operator = (client: ClientId) => callerAs(db, "operator", client, { now });

/** @anna holds video 1; the file says @annas.new for it and for one more. */
async function aRenamed() {
  const client = await aClient(db);
  const anna = await aCreator(db, client, { handle: "anna" });
  await aVideo(db, client, anna, { key: "1" });
  return { client, anna };
}
const renamed = dayFile([
  { Handle: "@Annas.New", Video: "1", Views: "99" },
  { Handle: "annas.new", Video: "2" },
]);
const accept = async (client: ClientId, handle: string, userId: UserId) =>
  (await operator(client)).imports.acceptAlias({ clientId: client, handle, userId });

describe("a creator under a new name", () => {
  it("is offered with the rows that were lost for it, accepted, and from then on one creator", async () => {
    const { client, anna } = await aRenamed();
    expect((await importDay(db, client, renamed)).counts).toMatchObject({ created: 1, rejected: 1 });
    const caller = await operator(client);
    expect(await caller.imports.aliasSuggestions({ clientId: client })).toMatchObject([
      {
        handle: "annas.new",
        creator: { userId: anna, handle: "anna" },
        evidence: "video",
        rejectedRows: 1,
        heldVideos: 1,
      },
    ]);
    await accept(client, "@annas.new", anna);
    expect(await caller.imports.aliasSuggestions({ clientId: client })).toEqual([]);

    const next = dayFile([
      { Handle: "annas.new", Video: "1", Views: "120" },
      { Handle: "annas.new", Video: "2", Views: "11" },
      { Handle: "annas.new", Video: "3" },
      { Handle: "anna", Video: "3", Views: "12" },
    ]);
    const importId = await storeDay(db, client, next);
    const check = await caller.imports.check({ clientId: client, importId });
    expect(check.newCreators.count).toBe(0);
    const { rows } = await caller.imports.rows({ clientId: client, importId, verdict: "updated" });
    expect(rows.map(({ handle, sentHandle }) => [handle, sentHandle])).toEqual([
      ["anna", "annas.new"],
      ["annas.new", null],
    ]);
    expect((await importDay(db, client, `${next}\n`)).counts).toMatchObject({ ...check.counts, creatorsCreated: 0 });
    // Nothing moved: the video that the new name holds stays with it; what is new is anna's.
    expect((await videosOf(db, client)).map(({ key, handle, views }) => [key, handle, views])).toEqual([
      ["1", "anna", 120],
      ["2", "annas.new", 11],
      ["3", "anna", 12],
    ]);
    expect(await auditOf(db, client)).toContain("alias.accepted");
  });

  it("is offered for a name that only looks alike, and not again once that was dismissed", async () => {
    const client = await aClient(db);
    const tess = await aCreator(db, client, { handle: "glow.with.tess" });
    await importDay(db, client, dayFile([{ Handle: "glow_with_tess" }]), new Date(Date.now() + 60_000).toISOString());
    const caller = await callerAs(db, "operator", client);
    const offered = await caller.imports.aliasSuggestions({ clientId: client });
    expect(offered).toMatchObject([{ handle: "glow_with_tess", creator: { userId: tess }, evidence: "name" }]);
    await caller.imports.dismissAlias({ clientId: client, handle: "glow_with_tess", userId: tess });
    expect(await caller.imports.aliasSuggestions({ clientId: client })).toEqual([]);
  });

  it("is decided once: the same again writes no second audit entry", async () => {
    const { client, anna } = await aRenamed();
    const caller = await operator(client);
    const pair = { clientId: client, handle: "annas.new", userId: anna };
    const twice = await Promise.all([caller.imports.dismissAlias(pair), caller.imports.dismissAlias(pair)]);
    expect(twice.map(({ kind }) => kind).toSorted()).toEqual(["decided", "nothing"]);
    expect(await caller.imports.acceptAlias(pair)).toEqual({ kind: "decided" });
    expect(await caller.imports.acceptAlias(pair)).toEqual({ kind: "nothing" });
    const written = (await auditOf(db, client)).filter((action) => action.startsWith("alias."));
    expect(written.toSorted()).toEqual(["alias.accepted", "alias.dismissed"]);
  });

  it("is offered again when its dismissal is undone", async () => {
    const { client, anna } = await aRenamed();
    await importDay(db, client, renamed);
    const caller = await operator(client);
    const pair = { clientId: client, handle: "annas.new", userId: anna };
    await caller.imports.dismissAlias(pair);
    expect(await caller.imports.aliasSuggestions({ clientId: client })).toEqual([]);
    const dismissed = { clientId: client, status: "dismissed" } as const;
    expect(await caller.imports.aliases(dismissed)).toMatchObject([
      { handle: "annas.new", creator: { userId: anna, handle: "anna" } },
    ]);
    expect(await caller.imports.aliases({ clientId: client })).toEqual([]);
    expect(await caller.imports.undoAlias({ ...pair, status: "accepted" })).toEqual({ kind: "nothing" });
    expect(await caller.imports.undoAlias({ ...pair, status: "dismissed" })).toEqual({ kind: "undone" });
    expect(await caller.imports.aliases(dismissed)).toEqual([]);
    expect(await caller.imports.aliasSuggestions({ clientId: client })).toMatchObject([{ handle: "annas.new" }]);
  });

  it("is two again when the alias is undone; what was taken meanwhile stays", async () => {
    const { client, anna } = await aRenamed();
    await accept(client, "annas.new", anna);
    await importDay(db, client, renamed);
    const caller = await operator(client);
    expect(await caller.imports.aliases({ clientId: client })).toMatchObject([
      { handle: "annas.new", creator: { handle: "anna" } },
    ]);
    const alias = { clientId: client, handle: "annas.new", userId: anna, status: "accepted" } as const;
    expect(await caller.imports.undoAlias(alias)).toEqual({ kind: "undone" });
    expect(await caller.imports.undoAlias(alias)).toEqual({ kind: "nothing" });
    expect((await importDay(db, client, dayFile([{ Handle: "annas.new", Video: "9" }]))).counts).toMatchObject({
      creatorsCreated: 1,
    });
    expect((await videosOf(db, client)).map(({ key, handle }) => [key, handle])).toEqual([
      ["1", "anna"],
      ["2", "anna"],
      ["9", "annas.new"],
    ]);
  });

  it("has one creator only, never itself, and no chain of names", async () => {
    const { client, anna } = await aRenamed();
    const ben = await aCreator(db, client, { handle: "ben" });
    await accept(client, "annas.new", anna);
    await accept(client, "annas.new", anna);
    await expect(accept(client, "annas.new", ben)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(accept(client, "anna", anna)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(accept(client, "anna", ben)).rejects.toMatchObject({ code: "CONFLICT" });
    const twin = await aCreator(db, client, { handle: "annas.new" });
    await expect(accept(client, "third.name", twin)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("a file that is older than the last", () => {
  it("is imported with a warning that names both days", async () => {
    const client = await aClient(db);
    await importDay(db, client, dayFile([{ Video: "1", "Post Date": "2026-11-18" }]));
    const older = await importDay(db, client, dayFile([{ Video: "2", "Post Date": "2026-11-16" }]));
    expect(older.warnings).toBe(1);
    expect(older.message).toContain("its newest post is of 2026-11-16, the last file had posts up to 2026-11-18");
  });
});
