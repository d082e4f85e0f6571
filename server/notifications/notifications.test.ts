/** News from the outbox to a listening server: once each, signed, retried, logged; and who may set where they go. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { ensureSchedule } from "../schedule/service.ts";
import { tick } from "../schedule/tick.ts";
import { createCaller } from "../router.ts";
import { runSync } from "../sync/runner.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { callerAs, contextFor, testTelling } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { aRun, auditOf, markingSteps, outcome, runnerDeps } from "../testing/runs.ts";
import { announce, announceRunEnd } from "./announce.ts";
import type { EventType } from "./schema.ts";
import { sendDue } from "./sending/service.ts";
import type { Telling } from "./telling.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}
const received: Received[] = [];
/** What the listening server answers, by path; 200 unless said otherwise. */
const answers = new Map<string, number>();
let receiver: Server;
let base: string;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ path: request.url!, headers: request.headers, body });
      response.writeHead(answers.get(request.url!) ?? 200, { location: "/elsewhere" }).end("So it is.");
    });
  }).listen(0, "127.0.0.1");
  await once(receiver, "listening");
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(() => void receiver.close());

let place = 0;
/** A client with one channel to a place of its own on the listening server. */
async function aChannel(events: EventType[], kind: "json" | "slack" = "json") {
  const client = await aClient(db);
  const path = `/${(place += 1)}`;
  const owner = await callerAs(db, "owner", client, { now });
  const made = await owner.notifications.create({ clientId: client, kind, name: "Team", target: base + path, events });
  return { client, path, owner, ...made, got: () => received.filter((one) => one.path === path) };
}

/** Sends what is due at an instant, of all clients of this file. */
function send(at: Date, telling: Telling = testTelling): Promise<number> {
  return sendDue({ db, telling, now: () => at, log: createLog({ level: "silent" }) });
}

function tell(client: ClientId, key: string): Promise<void> {
  const data = { dueAt: [now.toISOString()], reason: "Nothing ran.", run: null };
  return inClient(db, client, (tx) => announce(tx, client, { type: "missed", data, key, at: now }));
}

describe("news", () => {
  it("of a run that failed are told in its transaction, signed, once, with a key against doubles", async () => {
    const { client, got, secret } = await aChannel(["failed"]);
    const run = await aRun(db, client);
    const steps = markingSteps({ tiers: () => Promise.reject(new Error("broken")) });
    expect(await runSync(db, runnerDeps({ steps }), client, run)).toBe("failed");
    expect(got()).toEqual([]);
    await send(now);
    await send(later(1000));
    expect(got()).toHaveLength(1);
    const { body, headers } = got()[0]!;
    const told = JSON.parse(body) as { id: string; type: string; data: { number: number }; text: string };
    expect(told).toMatchObject({ type: "failed", data: { number: 1 } });
    expect(told.text).toContain("Step 4 (tiers) failed");
    expect(headers["idempotency-key"]).toBe(told.id);
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["x-muster-signature"]))!;
    expect(createHmac("sha256", secret!).update(`${seconds}.${body}`).digest("hex")).toBe(signature);
  });

  it("of warnings are told to who asks for them, and a plain success to nobody", async () => {
    const warned = await aChannel(["warnings"], "slack");
    const other = await aChannel(["failed", "held", "missed", "digest"]);
    for (const { client } of [warned, other]) {
      const steps = markingSteps({ import: () => Promise.resolve({ ...outcome, warnings: 2 }) });
      await runSync(db, runnerDeps({ steps }), client, await aRun(db, client));
      await runSync(db, runnerDeps(), client, await aRun(db, client));
    }
    await send(now);
    expect(warned.got().map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { text: expect.stringMatching(/^\*Client \d+: sync 1 ended with warnings\*\n2 findings/) as string },
    ]);
    expect(other.got()).toEqual([]);
  });

  it("are not told of what was rolled back", async () => {
    const { client, got } = await aChannel(["missed"]);
    const data = { dueAt: [now.toISOString()], reason: "x", run: null };
    const rolledBack = inClient(db, client, async (tx) => {
      await announce(tx, client, { type: "missed", data, key: "k", at: now });
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    await send(now);
    expect(got()).toEqual([]);
  });

  it("under one key are told once, whoever notices", async () => {
    const { client, got } = await aChannel(["missed"]);
    await Promise.all([1, 2, 3].map(() => tell(client, "missed:1")));
    await Promise.all([send(now), send(now), send(now)]);
    expect(got()).toHaveLength(1);
  });

  it("of a missed night come with the run that made up for it, and of a night that a held run blocks", async () => {
    const { client, got } = await aChannel(["missed"]);
    await inClient(db, client, (tx) => ensureSchedule(tx, client, "UTC", new Date("2026-11-20T00:00:00Z")));
    const at = (text: string) => {
      const instant = new Date(text);
      return tick({
        db,
        now: () => instant,
        log: createLog({ level: "silent" }),
        startDue: (actor, due) =>
          due.clientId === client
            ? createCaller(contextFor(db, actor, { now: instant })).schedule.startDue(due)
            : Promise.resolve({ kind: "taken" }),
      });
    };
    await at("2026-11-21T09:00:00Z");
    await at("2026-11-22T04:00:00Z");
    await send(now);
    const texts = got().map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(texts).toHaveLength(2);
    expect(texts.some((text) => text.includes("2 syncs were missed") && text.includes("sync 1 made up"))).toBe(true);
    expect(texts.some((text) => text.includes("Sync 1 was still under way."))).toBe(true);
  });
});

describe("a delivery", () => {
  it("that may pass is tried again with growing pauses, under the same key, and every attempt is logged", async () => {
    const { client, path, got, owner } = await aChannel(["missed"]);
    answers.set(path, 503);
    await tell(client, "k");
    await send(now);
    await send(later(5_000));
    expect(got()).toHaveLength(1);
    await send(later(11_000));
    answers.delete(path);
    await send(later(11_000 + 61_000));
    expect(new Set(got().map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    const { rows } = await owner.notifications.deliveries({ clientId: client });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      status: "delivered",
      channel: { name: "Team" },
      event: { type: "missed" },
      nextAt: null,
    });
    expect(rows[0]!.text).toContain("a sync was missed");
    expect(rows[0]!.attempts.map(({ number, statusCode, error }) => [number, statusCode, error])).toEqual([
      [1, 503, "So it is."],
      [2, 503, "So it is."],
      [3, 200, null],
    ]);
  });

  it("that is refused for good fails at once, a redirect too, and can be sent once more by hand", async () => {
    const { client, path, got, owner } = await aChannel(["missed"]);
    answers.set(path, 302);
    await tell(client, "k");
    await send(now);
    expect(received.filter((one) => one.path === "/elsewhere")).toEqual([]);
    const [failed] = (await owner.notifications.deliveries({ clientId: client, status: "failed" })).rows;
    expect(failed?.attempts.map(({ statusCode }) => statusCode)).toEqual([302]);
    answers.delete(path);
    await owner.notifications.redeliver({ clientId: client, deliveryId: failed!.id });
    await expect(owner.notifications.redeliver({ clientId: client, deliveryId: failed!.id })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await send(now);
    expect(got()).toHaveLength(2);
    expect(await owner.notifications.deliveryCount({ clientId: client, status: "delivered" })).toBe(1);
    expect(await auditOf(db, client)).toContain("notification.redelivered");
  });

  it("of a process that died is sent by another a minute later", async () => {
    const { client, got } = await aChannel(["missed"]);
    await tell(client, "k");
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update notification_deliveries set claimed_until = ${later(60_000)}::timestamptz, attempts = 1
        where client_id = ${client}::uuid`),
    );
    await send(later(30_000));
    expect(got()).toEqual([]);
    await send(later(61_000));
    expect(got()).toHaveLength(1);
  });

  it("to a private address fails where the installation forbids it, whatever was allowed when it was entered", async () => {
    const { client, got, owner } = await aChannel(["missed"]);
    await tell(client, "k");
    await send(now, { ...testTelling, allowsPrivate: false });
    expect(got()).toEqual([]);
    const { rows } = await owner.notifications.deliveries({ clientId: client });
    expect(rows[0]!.attempts[0]).toMatchObject({ statusCode: null, error: expect.stringContaining("https") as string });
  });

  it("whose address was sealed under another key says so", async () => {
    const { client, owner } = await aChannel(["missed"]);
    await tell(client, "k");
    await send(now, { ...testTelling, secretKey: Buffer.alloc(32) });
    const { rows } = await owner.notifications.deliveries({ clientId: client, status: "failed" });
    expect(rows[0]!.attempts[0]!.error).toContain("MUSTER_SECRET_KEY");
  });
});

describe("a channel", () => {
  it("shows its host alone, and neither its address nor its secret is stored as it is", async () => {
    const { client, secret, owner } = await aChannel(["failed"]);
    const { channels } = await owner.notifications.channels({ clientId: client });
    expect(channels).toMatchObject([{ name: "Team", kind: "json", shown: base.slice(7), last: null }]);
    const stored = await asOwner(db, (as) =>
      as.query<{ text: string }>(
        sql`select c::text as text from notification_channels c where client_id = ${client}::uuid`,
      ),
    );
    expect(stored[0]!.text).not.toContain(secret!);
    expect(stored[0]!.text).not.toContain(`${base}/`);
    expect(await auditOf(db, client)).toEqual(["channel.created"]);
  });

  it("can be tested, changed, switched off and removed, each with an audit entry; the log stays", async () => {
    const { client, channelId, got, owner } = await aChannel(["missed"]);
    const path = `/${(place += 1)}`;
    await owner.notifications.update({
      clientId: client,
      channelId,
      name: "Ops",
      target: base + path,
      events: [],
      enabled: true,
    });
    await tell(client, "nobody asks");
    await owner.notifications.test({ clientId: client, channelId });
    await send(now);
    expect(got()).toEqual([]);
    expect(received.filter((one) => one.path === path)).toHaveLength(1);
    const waiting = await owner.notifications.test({ clientId: client, channelId });
    await owner.notifications.remove({ clientId: client, channelId });
    await send(now);
    expect(received.filter((one) => one.path === path)).toHaveLength(1);
    const { rows } = await owner.notifications.deliveries({ clientId: client });
    expect(rows.map(({ status }) => status).toSorted()).toEqual(["delivered", "failed"]);
    const again = owner.notifications.redeliver({ clientId: client, deliveryId: waiting.deliveryId });
    await expect(again).rejects.toThrow("removed");
    await expect(owner.notifications.test({ clientId: client, channelId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect((await auditOf(db, client)).toSorted()).toEqual([
      "channel.created",
      "channel.removed",
      "channel.tested",
      "channel.tested",
      "channel.updated",
    ]);
  });

  it("of a private network, without https, or by mail where none is sent, is refused in words", async () => {
    const client = await aClient(db);
    const strict = { ...testTelling, allowsPrivate: false };
    const owner = await callerAs(db, "owner", client, { now, telling: strict });
    const create = (kind: "json" | "slack" | "email", target: string) =>
      owner.notifications.create({ clientId: client, kind, name: "x", target, events: [] });
    await expect(create("slack", "https://10.0.0.4/hook")).rejects.toThrow("private network");
    await expect(create("json", "http://example.com/hook")).rejects.toThrow("https");
    await expect(create("email", "ada@example.com")).rejects.toThrow("MUSTER_SMTP_URL");
  });
});

describe("a held run", () => {
  it("is told, whatever holds it", async () => {
    const { client, got } = await aChannel(["held"]);
    const run: RunId = await aRun(db, client);
    const error = { code: "guard", message: "Held before step 4: 87 creators would be demoted; the guard allows 64." };
    await inClient(db, client, (tx) => announceRunEnd(tx, client, run, { status: "held", error }, now));
    await send(now);
    expect((JSON.parse(got()[0]!.body) as { text: string }).text).toContain("sync 1 is held\nHeld before step 4");
  });
});
