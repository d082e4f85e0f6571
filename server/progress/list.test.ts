import { describe, expect, it } from "vitest";
import { aClient, aCreator, aMission, aProgressRow } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();

describe("the list of a mission's rows", () => {
  it("pages by handle both ways and counts exactly", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    for (const handle of ["eve", "bob", "dan", "amy", "cat"]) {
      await aProgressRow(db, client, await aCreator(db, client, { handle }), mission);
    }
    const caller = await callerAs(db, "viewer", client);
    const input = { clientId: client, missionId: mission, limit: 2 };

    const first = await caller.progress.list(input);
    const second = await caller.progress.list({ ...input, after: first.next! });
    const third = await caller.progress.list({ ...input, after: second.next! });
    const back = await caller.progress.list({ ...input, before: third.previous! });

    expect([first, second, third, back].map((page) => page.rows.map((row) => row.handle))).toEqual([
      ["amy", "bob"],
      ["cat", "dan"],
      ["eve"],
      ["cat", "dan"],
    ]);
    expect(third.next).toBeNull();
    expect(first.previous).toBeNull();
    expect(await caller.progress.count({ clientId: client, missionId: mission })).toBe(5);
  });

  it("calls a row over from the day its window ends, in the client's timezone", async () => {
    const client = await aClient(db, { timezone: "America/Sao_Paulo" });
    const mission = await aMission(db, client);
    const end = new Date("2026-11-10T02:00:00Z"); // 23:00 of November 9 in São Paulo
    await aProgressRow(db, client, await aCreator(db, client, { handle: "running" }), mission);
    await aProgressRow(db, client, await aCreator(db, client, { handle: "ending" }), mission, { end });
    await aProgressRow(db, client, await aCreator(db, client, { handle: "done" }), mission, {
      end,
      status: "completed",
    });
    const list = async (now: string, status: "active" | "over" | "completed" | "dormant") => {
      const caller = await callerAs(db, "viewer", client, { now: new Date(now) });
      const page = await caller.progress.list({ clientId: client, missionId: mission, status });
      expect(await caller.progress.count({ clientId: client, missionId: mission, status })).toBe(page.rows.length);
      return page.rows.map((row) => row.handle);
    };

    expect(await list("2026-11-09T02:59:59Z", "active")).toEqual(["ending", "running"]);
    expect(await list("2026-11-09T02:59:59Z", "over")).toEqual([]);
    expect(await list("2026-11-09T03:00:00Z", "active")).toEqual(["running"]);
    expect(await list("2026-11-09T03:00:00Z", "over")).toEqual(["ending"]);
    expect(await list("2026-11-09T03:00:00Z", "completed")).toEqual(["done"]);
    expect(await list("2026-11-09T03:00:00Z", "dormant")).toEqual([]);
  });

  it("answers NOT_FOUND for a mission of another client and BAD_REQUEST for a cursor of another list", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    const [mission, foreign] = [await aMission(db, client), await aMission(db, elsewhere)];
    const caller = await callerAs(db, "viewer", client);

    await expect(caller.progress.list({ clientId: client, missionId: foreign })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(caller.progress.count({ clientId: client, missionId: foreign })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      caller.progress.list({ clientId: client, missionId: mission, after: "WyJhIl0" }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
