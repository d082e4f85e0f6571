/** An undo and others at once, on connections of their own: nothing completed or redeemed is ever deleted. */
import { describe, expect, it } from "vitest";
import type { ClientId, UserId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { withOwner } from "../../db/tx.ts";
import { aClient, aCreator, aMission, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { othersWait } from "../../testing/waiting.ts";

const db = testDatabase();

const COMPLETE = `update mission_progress set status = 'completed', completed_at = now() where client_id = $1 and user_id = $2`;
const REDEEM = `
  insert into redemptions (client_id, user_id, mission_id, cycle, reward_id, tier_at_claim, redemption_type)
  select p.client_id, p.user_id, p.mission_id, p.cycle, m.reward_id, 'tier_1', 'instant'
  from mission_progress p join missions m on m.client_id = p.client_id and m.id = p.mission_id
  where p.client_id = $1 and p.user_id = $2`;

async function aSeeding(creators = 3) {
  const client = await aClient(db);
  await aMission(db, client);
  const users: UserId[] = [];
  for (let index = 0; index < creators; index += 1) users.push(await aCreator(db, client));
  const caller = await callerAs(db, "owner", client);
  const { seedId } = await caller.seeding.run({ clientId: client });
  return { client, users, caller, asked: { clientId: client, seedId: seedId! } };
}

function usersWithRow(client: ClientId): Promise<string[]> {
  return asOwner(db, async (tx) => {
    const rows = await tx.query<{ user: string }>(
      sql`select user_id as user from mission_progress where client_id = ${client}::uuid`,
    );
    return rows.map(({ user }) => user);
  });
}

async function auditedUndos(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (tx) =>
    tx.query<{ total: number }>(sql`
      select count(*)::int as total from audit_log where client_id = ${client}::uuid and action = 'seeding.undone'`),
  );
  return row!.total;
}

describe.each([
  ["completed", COMPLETE, "completed"],
  ["redeemed", REDEEM, "has_redemption"],
] as const)("a row that is %s", (_, change, reason) => {
  it("after the undo has counted and before it deletes is kept: the undo runs again on what is there then", async () => {
    const { client, users, caller, asked } = await aSeeding();
    const done = users[1]!;
    const result = await withOwner(db, (other) =>
      withOwner(db, async (watcher) => {
        // The seed's row is the first thing an undo locks, with its snapshot taken: it waits there while the row moves.
        await other.query("begin");
        await other.query("select 1 from seeds where client_id = $1 for update", [client]);
        const undo = caller.seeding.undo(asked);
        await othersWait(watcher);
        await watcher.query(change, [client, done]);
        await other.query("commit");
        return undo;
      }),
    );
    expect(result).toMatchObject({ kind: "undone", removed: 2, kept: 1, keptByReason: { [reason]: 1 } });
    expect(await usersWithRow(client)).toEqual([done]);
  });

  it("in a transaction that is still open makes the undo give way, with nothing removed", async () => {
    const { client, users, caller, asked } = await aSeeding();
    const done = users[1]!;
    await withOwner(db, async (other) => {
      await other.query("begin");
      await other.query(change, [client, done]);
      await expect(caller.seeding.undo(asked)).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining("Nothing was removed") as string,
      });
      // Nothing is held that the other one could wait for.
      await other.query(COMPLETE, [client, users[0]]);
      await other.query("commit");
    });
    expect(await usersWithRow(client)).toHaveLength(3);
    const result = await caller.seeding.undo(asked);
    expect(result.removed + result.kept).toBe(3);
    expect(new Set(await usersWithRow(client))).toEqual(new Set([users[0], done]));
  });
});

describe("several at once", () => {
  it("undo a seeding once, and all but one are told that it was undone before", async () => {
    const { client, caller, asked } = await aSeeding();
    const results = await Promise.all(Array.from({ length: 4 }, () => caller.seeding.undo(asked)));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual([
      "already_undone",
      "already_undone",
      "already_undone",
      "undone",
    ]);
    expect(results.reduce((sum, { removed }) => sum + removed, 0)).toBe(3);
    expect(await usersWithRow(client)).toEqual([]);
    expect(await auditedUndos(client)).toBe(1);
  });

  it("undo and seed: the counts tell what is there in the end", async () => {
    const { client, caller, asked } = await aSeeding(20);
    const [undo, ...seeds] = await Promise.all([
      caller.seeding.undo(asked),
      ...Array.from({ length: 3 }, () => caller.seeding.run({ clientId: client })),
    ]);
    expect(undo).toMatchObject({ kind: "undone", removed: 20 });
    const created = seeds.reduce((sum, one) => sum + one.created, 0);
    expect(await usersWithRow(client)).toHaveLength(created);
    expect([0, 20]).toContain(created);
  });
});
