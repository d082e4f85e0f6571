/** The contract for people who work with SQL: create_mission_progress_for_eligible_users(client). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { inClient, withOwner } from "../db/tx.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();
const CALL = "select create_mission_progress_for_eligible_users($1) as created";
const SIGNATURE = "create_mission_progress_for_eligible_users(uuid)";
const MIGRATION = join(
  import.meta.dirname,
  "../../prisma/migrations/20261122090400_eligibility_and_seeding/migration.sql",
);

/** A client with one pair to create. */
async function aProgramme(): Promise<ClientId> {
  const client = await aClient(db);
  await aMission(db, client, { tierEligibility: "tier_2" });
  await aCreator(db, client, { tier: "tier_2" });
  await aCreator(db, client, { tier: "tier_1" });
  await aCreator(db, client, { tier: "?" });
  return client;
}

/** Runs work in a transaction of the owner that is rolled back, roles and all. */
function undone<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return withOwner(db, async (client) => {
    await client.query("begin");
    try {
      return await work(client);
    } finally {
      await client.query("rollback");
    }
  });
}

async function first<T>(client: pg.PoolClient, text: string, values: unknown[] = []): Promise<T> {
  const { rows } = await client.query(text, values);
  return rows[0] as T;
}

describe("create_mission_progress_for_eligible_users", () => {
  it("works for an owner who is no superuser and does not bypass row-level security", async () => {
    const client = await aProgramme();
    const owner = await withOwner(db, (connection) =>
      first<{ owner: string; is_powerful: boolean }>(
        connection,
        `select r.rolname as owner, r.rolsuper or r.rolbypassrls as is_powerful
         from pg_proc p join pg_roles r on r.oid = p.proowner where p.oid = $1::regprocedure`,
        [SIGNATURE],
      ),
    );
    expect(owner.is_powerful).toBe(false);
    const { created } = await withOwner(db, (connection) => first<{ created: number }>(connection, CALL, [client]));
    expect(created).toBe(1);
  });

  it("answers 0 for a client that does not exist", async () => {
    const { created } = await withOwner(db, (connection) =>
      first<{ created: number }>(connection, CALL, ["00000000-0000-4000-8000-000000000000"]),
    );
    expect(created).toBe(0);
  });

  it("cannot be called by the role that serves requests, nor by the public", async () => {
    const client = await aProgramme();
    await expect(
      inClient(db, client, (tx) => tx.query(sql`select create_mission_progress_for_eligible_users(${client}::uuid)`)),
    ).rejects.toThrow(/permission denied for function/);
    const { isPublic } = await withOwner(db, (connection) =>
      first<{ isPublic: boolean }>(
        connection,
        `select exists (select from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
           where p.oid = $1::regprocedure and g.grantee = 0) as "isPublic"`,
        [SIGNATURE],
      ),
    );
    expect(isPublic).toBe(false);
  });

  it("can be called by service_role where that role exists, and names it in the seed and in the audit log", async () => {
    const client = await aProgramme();
    const grant = /do \$\$[^$]*service_role[^$]*\$\$;/.exec(readFileSync(MIGRATION, "utf8"))![0];
    // roles belong to the cluster: this one is never committed
    const found = await undone(async (connection) => {
      await connection.query("create role service_role nologin");
      await connection.query(grant);
      await connection.query("grant service_role to current_user; set local role service_role");
      const { created } = await first<{ created: number }>(connection, CALL, [client]);
      await connection.query("reset role");
      const seed = await first(
        connection,
        `select s.source, s.by_name, s.created, s.already_seeded, s.not_eligible, s.unknown, s.mission_ids, a.actor_kind, a.actor_name, a.counts
         from seeds s join audit_log a on a.client_id = s.client_id and a.subject_id = s.id::text where s.client_id = $1`,
        [client],
      );
      return { created, seed };
    });
    expect(found).toEqual({
      created: 1,
      seed: {
        source: "sql",
        by_name: "service_role",
        created: 1,
        already_seeded: 0,
        not_eligible: 1,
        unknown: 1,
        mission_ids: null,
        actor_kind: "sql",
        actor_name: "service_role",
        counts: { created: 1 },
      },
    });
  });

  it("names the role that signed in when no other was set, and writes nothing when it created nothing", async () => {
    const client = await aProgramme();
    const names = () =>
      asOwner(db, (owner) =>
        owner.query(sql`select by_name = session_user as is_me from seeds where client_id = ${client}::uuid`),
      );
    await withOwner(db, (connection) => connection.query(CALL, [client]));
    expect(await names()).toEqual([{ is_me: true }]);
    await withOwner(db, (connection) => connection.query(CALL, [client]));
    expect(await names()).toEqual([{ is_me: true }]);
  });

  it("leaves app.client_id as it found it: unset, empty or another client", async () => {
    const client = await aProgramme();
    const other = await aClient(db);
    for (const setting of [null, "", other]) {
      const found = await undone(async (connection) => {
        if (setting !== null) await connection.query(`set local app.client_id = '${setting}'`);
        const { created } = await first<{ created: number }>(connection, CALL, [client]);
        const after = await first<{ value: string | null }>(
          connection,
          "select current_setting('app.client_id', true) as value",
        );
        return { created, value: after.value };
      });
      expect(found.created).toBe(1);
      expect(found.value ?? "").toBe(setting ?? "");
    }
  });
});
