/** What a read leaves on a signal that lives as long as the process. */
import { getEventListeners } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { aClient } from "../../testing/builders.ts";
import { testDatabase } from "../../testing/database.ts";
import { withStandIn } from "../../testing/stand-in.ts";
import { readInClient } from "../cursor.ts";
import { sql } from "../db.ts";
import { inClientMaybeStale } from "./stale.ts";

const db = testDatabase();
let copied: ReturnType<typeof withStandIn>;
let client: ClientId;

beforeAll(async () => {
  copied = withStandIn(db);
  client = await aClient(db);
});
afterAll(() => copied.close());

const READS = 30;

/** Those who listen, and the signals that Node made of this one, which no function tells. */
function leftOn(signal: AbortSignal): { listeners: number; derived: number } {
  const symbol = Object.getOwnPropertySymbols(signal).find(({ description }) => description === "kDependantSignals");
  const derived = symbol === undefined ? undefined : (Reflect.get(signal, symbol) as Set<unknown> | null | undefined);
  return { listeners: getEventListeners(signal, "abort").length, derived: derived?.size ?? 0 };
}

function download(signal: AbortSignal, from = copied) {
  const prepare = () =>
    Promise.resolve({ head: null, statement: sql`select g::int as n from generate_series(1, 2000) g` });
  return readInClient<null, { n: number }>(from, client, prepare, { signal, mayBeStale: true });
}

async function walk(batches: AsyncGenerator<object[]>): Promise<void> {
  for await (const _rows of batches);
}

/** What stood on the signal while the reads were under way, and that so many came from the stand-in. */
async function readMany(read: (underWay: () => void) => Promise<unknown>): Promise<number> {
  const before = copied.replica.reads.get("replica") ?? 0;
  let most = 0;
  const look = () => void (most = Math.max(most, leftOn(copied.replica.broken).listeners));
  for (let done = 0; done < READS; done += 1) await read(look).catch(() => undefined);
  expect(copied.replica.reads.get("replica")).toBe(before + READS);
  return most;
}

describe("the signal of a replica gone", () => {
  it("is listened to by a list while that is read, and keeps nothing of it", async () => {
    const most = await readMany((underWay) =>
      inClientMaybeStale(copied, client, async (tx) => {
        underWay();
        return tx.query(sql`select 1 as n`);
      }),
    );
    expect(most).toBe(1);
    expect(leftOn(copied.replica.broken)).toEqual({ listeners: 0, derived: 0 });
  });

  it("keeps nothing of a list that fails", async () => {
    const failing = inClientMaybeStale(copied, client, (tx) => tx.query(sql`select 1 / 0 as n`));
    await expect(failing).rejects.toThrow(/division by zero/);
    expect(leftOn(copied.replica.broken)).toEqual({ listeners: 0, derived: 0 });
  });

  it("keeps nothing of a download, read to its end, left or given up; nor does the reader's", async () => {
    const reader = new AbortController();
    const most = await readMany(async (underWay) => {
      const { batches } = await download(reader.signal);
      underWay();
      await walk(batches);
    });
    expect(most).toBe(1);
    const left = await download(reader.signal);
    for await (const _rows of left.batches) break;
    expect(leftOn(copied.replica.broken)).toEqual({ listeners: 0, derived: 0 });
    expect(leftOn(reader.signal)).toEqual({ listeners: 0, derived: 0 });
    await download(reader.signal);
    reader.abort();
    expect(leftOn(copied.replica.broken)).toEqual({ listeners: 0, derived: 0 });
  });

  it("ends the list and the download that are under way", async () => {
    const going = withStandIn(db);
    const { batches } = await download(new AbortController().signal, going);
    const ways: boolean[] = [];
    const { asOf } = await inClientMaybeStale(going, client, async (tx) => {
      ways.push(going.replica.broken.aborted);
      if (ways.length === 1) {
        void going.replica.close();
        await tx.query(sql`select pg_sleep(600)::text`);
      }
    });
    expect({ asOf, ways }).toEqual({ asOf: null, ways: [false, true] });
    await expect(walk(batches)).rejects.toThrow();
    expect(leftOn(going.replica.broken)).toEqual({ listeners: 0, derived: 0 });
    await going.close();
  });
});
