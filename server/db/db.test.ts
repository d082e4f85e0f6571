import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { testDatabase } from "../testing/database.ts";
import { sql } from "./db.ts";
import { inAccess, inClient, pgDb, withOwner } from "./tx.ts";

const db = testDatabase();
const client = randomUUID() as ClientId;

describe("the handle", () => {
  const statement = sql`select ${1}::int as n, ${"a"}::text as t, ${["x", "y"]}::text[] as list,
    ${new Date("2026-03-29T01:30:00Z")}::timestamptz as at, ${null}::uuid as nothing,
    ${{ a: 1 }}::jsonb as doc, ${Buffer.from("bytes")}::bytea as bytes, ${[randomUUID()].slice(1)}::uuid[] as none, 1.5::float8 as f, true as yes`;

  it("answers the same on both drivers", async () => {
    const [prisma] = await inClient(db, client, (tx) => tx.query<Record<string, unknown>>(statement));
    const [owner] = await withOwner(db, (pg) => pgDb(pg).query<Record<string, unknown>>(statement));
    const plain = (row: Record<string, unknown> | undefined) => ({
      ...row,
      bytes: Buffer.from(row!["bytes"] as Uint8Array).toString(),
    });
    expect(plain(prisma)).toEqual(plain(owner));
    expect(prisma!["at"]).toEqual(new Date("2026-03-29T01:30:00Z"));
    expect(prisma!["doc"]).toEqual({ a: 1 });
  });

  it("refuses a bigint or numeric that was not cast", async () => {
    await expect(inClient(db, client, (tx) => tx.query(sql`select 1::bigint as n`))).rejects.toThrow(
      /"n" must be cast/,
    );
    await expect(inClient(db, client, (tx) => tx.query(sql`select 1::numeric as n`))).rejects.toThrow(
      /"n" must be cast/,
    );
    await expect(withOwner(db, (pg) => pgDb(pg).query(sql`select 1::bigint as n`))).rejects.toThrow(/"n" must be cast/);
  });
});

describe("a transaction", () => {
  it("knows its client and nobody else's transaction does", async () => {
    const setting = sql`select current_setting('app.client_id', true) as id, current_user::text as who, current_setting('timezone') as zone`;
    const [inside] = await inClient(db, client, (tx) => tx.query(setting));
    expect(inside).toEqual({ id: client, who: "muster_app", zone: "UTC" });
    const [outside] = await inAccess(db, (tx) => tx.query(setting));
    expect(outside).toEqual({ id: "", who: "muster_app", zone: "UTC" });
  });
});
