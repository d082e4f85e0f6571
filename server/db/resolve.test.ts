import { expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";
import { resolveDatabase } from "./resolve.ts";

const db = testDatabase();
const env = { databaseUrl: undefined, appUrl: undefined, replicaUrl: undefined, dataDir: "/nowhere", pgBin: undefined };

it("takes the database of DATABASE_URL and starts none", async () => {
  const found = await resolveDatabase({ ...env, databaseUrl: db.url });
  expect(found).toMatchObject({ url: db.url, isEmbedded: false });
  await found.stop();
});

it("names the place without the password", async () => {
  const secret = new URL(db.url);
  secret.password = "a-secret";
  const { location } = await resolveDatabase({ ...env, databaseUrl: secret.toString() });
  expect(location).not.toContain("a-secret");
});

it("says in a sentence that nobody answers", async () => {
  const databaseUrl = "postgresql://someone:a-secret@127.0.0.1:9/muster";
  await expect(resolveDatabase({ ...env, databaseUrl })).rejects.toThrow(
    "The database of DATABASE_URL (127.0.0.1:9/muster) cannot be reached: connect ECONNREFUSED 127.0.0.1:9.",
  );
});

it("says in a sentence that there is no such database, and no such user", async () => {
  const absent = new URL(db.url);
  absent.pathname = "/absent";
  await expect(resolveDatabase({ ...env, databaseUrl: absent.toString() })).rejects.toThrow(
    "there is no database of that name",
  );
  const stranger = new URL(db.url);
  stranger.username = "stranger";
  await expect(resolveDatabase({ ...env, databaseUrl: stranger.toString() })).rejects.toThrow(
    "it refuses this user or password",
  );
});

it("refuses a pooled address whose sessions run on another clock", async () => {
  const local = new URL(db.url);
  local.searchParams.set("options", "-c timezone=America/New_York");
  await expect(resolveDatabase({ ...env, databaseUrl: db.url, appUrl: local.toString() })).rejects.toThrow(
    "Sessions of MUSTER_APP_URL run in the time zone America/New_York",
  );
});

it("refuses MUSTER_APP_URL without DATABASE_URL", async () => {
  await expect(resolveDatabase({ ...env, appUrl: db.url })).rejects.toThrow(
    "MUSTER_APP_URL is set without DATABASE_URL",
  );
});

it("refuses DATABASE_REPLICA_URL without DATABASE_URL", async () => {
  await expect(resolveDatabase({ ...env, replicaUrl: db.url })).rejects.toThrow(
    "DATABASE_REPLICA_URL is set without DATABASE_URL",
  );
});
