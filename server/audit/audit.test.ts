import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { encodeCursor } from "../base/paging.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { anAdmin, callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { withStandIn } from "../testing/stand-in.ts";
import { record } from "./record.ts";

const db = testDatabase();

/** Entries in one millisecond, some in the same microsecond: only the exact key tells them apart. */
async function entries(client: ClientId, howMany: number): Promise<void> {
  await asOwner(db, (owner) =>
    owner.execute(sql`
      insert into audit_log (client_id, at, actor_kind, actor_name, action, subject_kind, subject_id)
      select ${client}::uuid, timestamptz '2026-11-20 10:00:00.123+00' + (n / 3) * interval '1 microsecond', 'cli', 'root',
        case when n % 2 = 0 then 'even.done' else 'odd.done' end, 'thing', n::text
      from generate_series(1, ${howMany}::int) n`),
  );
}

describe("the audit log", () => {
  it("keeps who, what, before, after and counts, and gives them back", async () => {
    const client = await aClient(db);
    const actor = await anAdmin(db, client, "owner");
    await inClient(db, client, (tx) =>
      record(tx, actor, client, {
        action: "thing.changed",
        subject: { kind: "thing", id: "7", name: "Seven" },
        before: { size: 1 },
        after: { size: 2 },
        counts: { rows: 3 },
      }),
    );
    const caller = await callerAs(db, "viewer", client);
    const { rows } = await caller.audit.list({ clientId: client });
    expect(rows).toEqual([
      {
        id: expect.any(String) as string,
        at: expect.any(Date) as Date,
        actorKind: "admin",
        actorName: actor.name,
        action: "thing.changed",
        subject: { kind: "thing", id: "7", name: "Seven" },
        before: { size: 1 },
        after: { size: 2 },
        counts: { rows: 3 },
      },
    ]);
  });

  it("pages through entries of one millisecond without losing or repeating any, forth and back", async () => {
    const client = await aClient(db);
    await entries(client, 25);
    const caller = await callerAs(db, "viewer", client);
    const pages: string[][] = [];
    let page = await caller.audit.list({ clientId: client, limit: 10 });
    pages.push(page.rows.map(({ id }) => id));
    while (page.next !== null) {
      page = await caller.audit.list({ clientId: client, limit: 10, after: page.next });
      pages.push(page.rows.map(({ id }) => id));
    }
    expect(pages.map((ids) => ids.length)).toEqual([10, 10, 5]);
    expect(new Set(pages.flat()).size).toBe(25);
    const back = await caller.audit.list({ clientId: client, limit: 10, before: page.previous! });
    expect(back.rows.map(({ id }) => id)).toEqual(pages[1]);
    const times = (await caller.audit.list({ clientId: client, limit: 200 })).rows.map(({ subject }) =>
      Math.floor(Number(subject!.id) / 3),
    );
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it("counts and filters by action and subject, and names the actions there are", async () => {
    const client = await aClient(db);
    await entries(client, 5);
    const caller = await callerAs(db, "viewer", client);
    expect(await caller.audit.count({ clientId: client })).toBe(5);
    expect(await caller.audit.count({ clientId: client, action: "odd.done" })).toBe(3);
    expect((await caller.audit.list({ clientId: client, subjectId: "4" })).rows).toHaveLength(1);
    expect(await caller.audit.actions({ clientId: client })).toEqual(["even.done", "odd.done"]);
  });

  it("may be a little old as a whole, and not for one subject, whose change somebody has just saved", async () => {
    const client = await aClient(db);
    await entries(client, 5);
    const copied = withStandIn(db);
    const caller = await callerAs(copied, "viewer", client);
    const fromReplica = () => copied.replica.reads.get("replica") ?? 0;
    expect((await caller.audit.list({ clientId: client })).asOf).toBeInstanceOf(Date);
    expect(await caller.audit.count({ clientId: client, action: "odd.done" })).toBe(3);
    expect(fromReplica()).toBe(2);
    expect(await caller.audit.list({ clientId: client, subjectId: "4" })).toMatchObject({ rows: [{}], asOf: null });
    expect(await caller.audit.count({ clientId: client, subjectId: "4" })).toBe(1);
    expect(fromReplica()).toBe(2);
    await copied.close();
  });

  it("refuses a page that is none", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "viewer", client);
    const made = [
      "nonsense",
      encodeCursor(["2026-02-31T00:00:00.000000Z", client]),
      encodeCursor(["2026-02-01T00:00:00.000000Z", "1"]),
    ];
    for (const after of made) {
      await expect(caller.audit.list({ clientId: client, after })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });

  it("cannot be changed, not even by the owner of the database", async () => {
    const client = await aClient(db);
    await entries(client, 1);
    for (const statement of [
      sql`update audit_log set action = 'x' where client_id = ${client}::uuid`,
      sql`delete from audit_log where client_id = ${client}::uuid`,
    ]) {
      await expect(asOwner(db, (owner) => owner.execute(statement))).rejects.toThrow(/append-only/);
    }
  });
});
