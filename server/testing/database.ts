/** A real, migrated PostgreSQL database for one test file. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { openDatabase } from "../db/pools.ts";
import type { RootDb } from "../db/pools.ts";
import { databaseUrl, TEMPLATE } from "./global-setup.ts";

/**
 * Clones the migrated template for the calling test file and drops the clone after its last test. Call it once at the top of
 * the file: `const db = testDatabase();`. The pools are there from `beforeAll` on; the owner is no superuser.
 */
export function testDatabase(): RootDb {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const cluster = inject("clusterUrl");
  let opened: RootDb | null = null;
  beforeAll(async () => {
    await asOwner(cluster, `create database ${name} template ${TEMPLATE}`);
    opened = openDatabase({ url: databaseUrl(cluster, name), applicationName: "muster test", appConnections: 10 });
  });
  afterAll(async () => {
    await opened?.close();
    await asOwner(cluster, `drop database if exists ${name} with (force)`);
  });
  // Test files keep the handle in a constant, so it exists before the database does.
  return new Proxy({} as RootDb, {
    get(_, property) {
      if (opened === null) throw new Error("the test database is there from beforeAll on");
      return opened[property as keyof RootDb];
    },
  });
}

/** Makes an empty database without any migration; answers its owner's address. The caller drops nothing: the cluster goes with the run. */
export async function emptyDatabase(): Promise<string> {
  const name = `empty_${randomUUID().replaceAll("-", "")}`;
  await asOwner(inject("clusterUrl"), `create database ${name}`);
  return databaseUrl(inject("clusterUrl"), name);
}

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
