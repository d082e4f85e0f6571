/** Random changes of what decides who gets a mission, made past the application as another writer would make them. */
import fc from "fast-check";
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { type Sql, sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { aCreator, asOwner } from "./builders.ts";

/** A tier of a ladder of three, or one that it does not have. */
export const anyTier = fc.constantFrom("tier_1", "tier_2", "tier_3", "silver of old");
/** What a mission may ask for. */
export const anyEligibility = fc.oneof(anyTier, fc.constant("all"));

const who = fc.nat(5);
export const anyChange = fc.oneof(
  fc.record({ kind: fc.constant("tier" as const), who, to: anyTier }),
  fc.record({ kind: fc.constant("window" as const), who, to: fc.constantFrom("2027-01-01", "2027-02-01") }),
  fc.record({ kind: fc.constant("newcomer" as const), to: anyTier }),
  fc.record({ kind: fc.constant("terms" as const), to: anyEligibility }),
  fc.record({ kind: fc.constant("enabled" as const), to: fc.boolean() }),
  fc.record({ kind: fc.constant("ladder" as const), to: fc.integer({ min: 10, max: 40 }) }),
  fc.record({ kind: fc.constant("row" as const), who }),
  fc.record({ kind: fc.constant("seed" as const) }),
  fc.record({ kind: fc.constant("undo" as const), who }),
);
export type Change = typeof anyChange extends fc.Arbitrary<infer T> ? T : never;

/** Whose programme is changed: its creators, and the mission whose terms and rows are. */
export interface Changed {
  client: ClientId;
  mission: MissionId;
  creators: readonly UserId[];
}

/** Makes one change, in a transaction of its own. */
export async function makeChange(db: RootDb, { client, mission, creators }: Changed, one: Change): Promise<void> {
  const write = (statement: Sql) => asOwner(db, (owner) => owner.execute(statement));
  const user = "who" in one ? creators[one.who % creators.length]! : null;
  const ofUser = sql`client_id = ${client}::uuid and id = ${user}::uuid`;
  const ofMission = sql`client_id = ${client}::uuid and id = ${mission}::uuid`;
  switch (one.kind) {
    case "tier":
      await write(sql`update users set current_tier = ${one.to} where ${ofUser}`);
      return;
    case "window":
      await write(sql`update users set next_checkpoint_at = ${one.to}::timestamptz where ${ofUser}`);
      return;
    case "newcomer":
      await aCreator(db, client, { tier: one.to });
      return;
    case "terms":
      await write(sql`update missions set tier_eligibility = ${one.to} where ${ofMission}`);
      return;
    case "enabled":
      await write(sql`update missions set enabled = ${one.to} where ${ofMission}`);
      return;
    case "ladder":
      await write(
        sql`update tiers set tier_order = ${one.to} where client_id = ${client}::uuid and tier_id = 'tier_2'`,
      );
      return;
    case "row":
      await write(sql`
        insert into mission_progress (client_id, user_id, mission_id, status)
        values (${client}::uuid, ${user}::uuid, ${mission}::uuid, 'active') on conflict do nothing`);
      return;
    case "seed":
      await asOwner(db, (owner) =>
        owner.query(sql`select create_mission_progress_for_eligible_users(${client}::uuid) as created`),
      );
      return;
    case "undo":
      await write(sql`
        delete from mission_progress
        where client_id = ${client}::uuid and user_id = ${user}::uuid and mission_id = ${mission}::uuid`);
  }
}
