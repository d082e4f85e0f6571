/** A replica that cannot be used: the primary does its work, and at once. */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createLog } from "../../base/log.ts";
import { aClient, aCreator } from "../../testing/builders.ts";
import { testDatabase } from "../../testing/database.ts";
import { sql } from "../db.ts";
import { openDatabase, type RootDb } from "../pools.ts";
import { inClientMaybeStale } from "./stale.ts";

const db = testDatabase();
const log = createLog({ level: "silent" });
const SOON = { timeout: 20_000 };

let opened: RootDb[] = [];
let silent: Server | null = null;
const held: Socket[] = [];
afterEach(async () => {
  for (const each of opened) await each.close();
  opened = [];
  for (const socket of held) socket.destroy();
  silent?.close();
  silent = null;
});

function withReplica(url: string): RootDb {
  const made = openDatabase({ url: db.url, applicationName: "muster test", replica: { url, log } });
  opened.push(made);
  return made;
}

/** A host that takes connections and never says a word, as behind a firewall that drops. */
async function aSilentHost(): Promise<string> {
  const server = createServer((socket) => void held.push(socket));
  silent = server;
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `postgresql://muster@127.0.0.1:${(server.address() as AddressInfo).port}/muster`;
}

async function creators(of: RootDb, client: Parameters<typeof inClientMaybeStale>[1]) {
  const begun = Date.now();
  const { answer, asOf } = await inClientMaybeStale(of, client, (tx) =>
    tx.query<{ handle: string }>(sql`select tiktok_handle as handle from users where client_id = ${client}::uuid`),
  );
  return { handles: answer.map(({ handle }) => handle), asOf, tookMs: Date.now() - begun };
}

describe("a read that may be stale", () => {
  it("comes from the primary where no replica is named, as of now", async () => {
    const client = await aClient(db);
    await aCreator(db, client, { handle: "anna" });
    expect(db.replica).toBeNull();
    expect(await creators(db, client)).toMatchObject({ handles: ["anna"], asOf: null });
  });

  it.each([
    ["nobody listens", () => Promise.resolve("postgresql://muster@127.0.0.1:1/muster"), "away"],
    ["nobody answers", aSilentHost, "away"],
    ["the primary itself listens, which follows nobody", () => Promise.resolve(db.url), "foreign"],
  ] as const)("comes from the primary at once where %s", async (_, address, state) => {
    const client = await aClient(db);
    await aCreator(db, client, { handle: "anna" });
    const other = withReplica(await address());
    expect(await creators(other, client)).toMatchObject({ handles: ["anna"], asOf: null });
    await expect.poll(() => other.replica!.report().state, SOON).toBe(state);
    const read = await creators(other, client);
    expect(read).toMatchObject({ handles: ["anna"], asOf: null });
    // Not even the second that a connection may take is waited for.
    expect(read.tookMs).toBeLessThan(900);
    expect(other.replica!.reads.get(state)).toBeGreaterThan(0);
    expect(other.replica!.reads.get("replica")).toBeUndefined();
  });
});
