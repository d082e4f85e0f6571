import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "./base/ids.ts";
import { sql } from "./db/db.ts";
import { openDatabase } from "./db/pools.ts";
import { aClient, asOwner } from "./testing/builders.ts";
import { testDatabase } from "./testing/database.ts";
import { aSession, aSignInAdmin, cookieOf, PASSWORD, postSignIn, testHttp } from "./testing/http.ts";

const db = testDatabase();
let app: FastifyInstance;
const lines: string[] = [];

function aWebDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "muster-web-"));
  mkdirSync(join(dir, "assets"));
  mkdirSync(join(dir, ".vite"));
  writeFileSync(join(dir, "index.html"), "<!doctype html><title>Muster</title>");
  writeFileSync(join(dir, "scheme.js"), "// sets the colour scheme");
  writeFileSync(join(dir, "assets", "index-4f2a.js"), "// the console");
  writeFileSync(join(dir, ".vite", "manifest.json"), "{}");
  return dir;
}

beforeAll(async () => {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  app = await testHttp(db, {}, { webDir: aWebDir(), log: pino({ level: "info", base: null }, sink) });
});
afterAll(() => app.close());

const page = { accept: "text/html,application/xhtml+xml" };

describe("every answer", () => {
  it("carries the content policy and its relatives, files and errors included", async () => {
    for (const url of ["/", "/api/nothing", "/trpc/session.me", "/health", "/assets/index-4f2a.js"]) {
      const { headers } = await app.inject({ url, headers: page });
      const policy = String(headers["content-security-policy"]);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self' 'unsafe-inline'");
      expect(policy).toContain("img-src 'self' data: https:");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("upgrade-insecure-requests");
      expect(headers["strict-transport-security"]).toBeUndefined();
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("same-origin");
      expect(headers["x-powered-by"]).toBeUndefined();
    }
  });

  it("insists on https once it is behind it, and takes nobody else's word for that", async () => {
    const forwarded = { "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.5" };
    const near = await app.inject({ url: "/health", headers: forwarded });
    expect(near.headers["strict-transport-security"]).toMatch(/max-age=31536000/);
    expect(String(near.headers["content-security-policy"])).toContain("upgrade-insecure-requests");
    const far = await app.inject({ url: "/health", headers: forwarded, remoteAddress: "192.168.1.9" });
    expect(far.headers["strict-transport-security"]).toBeUndefined();
  });

  it("has an id that the log has too, in one line without secrets", async () => {
    const { email } = await aSignInAdmin(db);
    lines.length = 0;
    const cookie = await cookieOf(app, email);
    const answer = await app.inject({
      url: "/trpc/session.me?input=%7B%22q%22%3A%22hidden%22%7D",
      headers: { cookie },
    });
    const id = String(answer.headers["x-request-id"]);
    expect(id).toMatch(/^[0-9a-f]{12}$/);
    const mine = lines.filter((line) => line.includes(id)).map((line) => JSON.parse(line) as object);
    expect(mine).toMatchObject([{ requestId: id, method: "GET", path: "/trpc/session.me", status: 200 }]);
    const all = lines.join("");
    for (const secret of [PASSWORD, email, "hidden", cookie.split("=")[1]!.slice(0, 20)]) {
      expect(all).not.toContain(secret);
    }
  });
});

describe("a write", () => {
  const writes = [
    "/api/auth/sign-out",
    "/trpc/members.add",
    "/api/clients/7f0c1f7e-0000-4000-8000-000000000000/imports",
  ];

  it("from another site is refused, wherever it goes", async () => {
    for (const url of writes) {
      for (const headers of [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site", origin: "http://localhost:80" },
      ]) {
        const answer = await app.inject({ method: "POST", url, headers, payload: {} });
        expect([url, headers, answer.statusCode]).toEqual([url, headers, 403]);
        expect(answer.body).toContain("This request came from another site.");
      }
    }
  });

  it("from the console itself passes, with either header and with none", async () => {
    const host = "muster.example:3000";
    for (const headers of [{}, { origin: `http://${host}` }, { "sec-fetch-site": "same-origin", origin: "http://x" }]) {
      const answer = await app.inject({ method: "POST", url: "/api/auth/sign-out", headers: { host, ...headers } });
      expect([headers, answer.statusCode]).toEqual([headers, 200]);
    }
  });

  it("has a limit of 1 MB, told in the form that each client reads", async () => {
    const payload = JSON.stringify({ email: "x".repeat(1_100_000) });
    const headers = { "content-type": "application/json" };
    const auth = await app.inject({ method: "POST", url: "/api/auth/sign-in/email", headers, payload });
    expect(auth.statusCode).toBe(413);
    expect(auth.json()).toEqual({ message: "This request is larger than the server takes.", code: "too_large" });
    const trpc = await app.inject({ method: "POST", url: "/trpc/members.add", headers, payload });
    expect(trpc.statusCode).toBe(413);
    expect(trpc.json()).toMatchObject({
      error: {
        json: { message: "This request is larger than the server takes.", data: { appCode: "too_large" } },
      },
    });
  });
});

describe("an address", () => {
  it("that nobody serves is a JSON 404 below /api and /trpc and for whoever wants no page", async () => {
    for (const [url, headers] of [
      ["/api", page],
      ["/api/nothing", page],
      ["/trpc", page],
      ["/trpc/a/b", page],
      ["/assets/index-old.js", page],
      ["/c/acme/missions", { accept: "application/json" }],
      ["/.vite/manifest.json", {}],
    ] as const) {
      const answer = await app.inject({ url, headers });
      expect([url, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([url, 404, "not_found"]);
    }
    expect((await app.inject({ method: "POST", url: "/c/acme", headers: page })).statusCode).toBe(404);
    const unknown = await app.inject({ url: "/trpc/no.such" });
    expect(unknown.statusCode).toBe(404);
    expect(unknown.json()).toMatchObject({ error: { json: { data: { code: "NOT_FOUND" } } } });
  });

  it("of the console answers its page, which is asked for anew each time", async () => {
    for (const url of ["/", "/c/acme/missions?q=gold", "/sign-in"]) {
      const answer = await app.inject({ url, headers: page });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain("<title>Muster</title>");
      expect(answer.headers["cache-control"]).toBe("no-cache");
    }
  });

  it("of a hashed file may be kept for a year, of any other not", async () => {
    const hashed = await app.inject({ url: "/assets/index-4f2a.js" });
    expect(hashed.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    const named = await app.inject({ url: "/scheme.js" });
    expect(named.statusCode).toBe(200);
    expect(named.headers["cache-control"]).toBe("no-cache");
  });

  it("of the console says so in a sentence while it is not built", async () => {
    const bare = await testHttp(db);
    const answer = await bare.inject({ url: "/", headers: page });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toMatch(/has not been built yet/);
    await bare.close();
  });

  it("that cannot be read is refused without a stack", async () => {
    const answer = await app.inject({ url: "/%c0%c0" });
    expect(answer.statusCode).toBe(400);
    expect(Object.keys(answer.json<object>()).toSorted()).toEqual(["code", "message"]);
  });
});

describe("health", () => {
  it("is good while the database answers and knows every migration", async () => {
    const answer = await app.inject({ url: "/health" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: "ok", database: "reachable", migrations: "current", missedRuns: 0 });
  });

  it("counts the programmes whose run was missed, without their names, though no scheduler runs", async () => {
    const client = await aClient(db);
    const due = (at: string) =>
      db.owner.query(
        `insert into schedules (client_id, timezone, next_due_at) values ($1, 'UTC', $2)
         on conflict (client_id) do update set next_due_at = excluded.next_due_at`,
        [client, at],
      );
    const at = (now: string) => testHttp(db, {}, { now: () => new Date(now) });
    await due("2026-11-20T04:00:00Z");
    const [early, late] = [await at("2026-11-20T04:04:00Z"), await at("2026-11-20T04:06:00Z")];
    expect((await early.inject({ url: "/health" })).json()).toMatchObject({ missedRuns: 0 });
    const answer = await late.inject({ url: "/health" });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: "ok", database: "reachable", migrations: "current", missedRuns: 1 });
    const metrics = await late.inject({ url: "/metrics" });
    expect(metrics.body).toMatch(/muster_sync_missed\{client="c-[0-9a-f-]+"\} 1/);
    await db.owner.query("delete from schedules where client_id = $1", [client]);
    await Promise.all([early.close(), late.close()]);
  });

  it("is 503 when a migration is missing, and when the database is gone", async () => {
    await db.owner.query(
      "update _prisma_migrations set rolled_back_at = now() where migration_name like '%row_level_security'",
    );
    const behind = await app.inject({ url: "/health" });
    await db.owner.query("update _prisma_migrations set rolled_back_at = null");
    expect(behind.statusCode).toBe(503);
    expect(behind.json()).toMatchObject({ database: "reachable", migrations: "pending" });

    const gone = openDatabase({ url: "postgresql://nobody@127.0.0.1:1/none", applicationName: "gone" });
    const lost = await testHttp(gone);
    const answer = await lost.inject({ url: "/health" });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: "unavailable", database: "unreachable" });
    await lost.close();
    await gone.close();
  }, 40_000);
});

describe("metrics", () => {
  it("are told on the machine itself, by route and not by address", async () => {
    const answer = await app.inject({ url: "/metrics" });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(
      'muster_http_request_duration_seconds_count{method="GET",route="/health",status="200"}',
    );
    expect(answer.body).toContain('muster_database_connections{pool="app",state="open"}');
    expect(answer.body).not.toContain("/c/acme");
  });

  it("tell of every client's nights: outcomes, lag, queue, durations and rows of the last one", async () => {
    const client = await aClient(db);
    const [row] = (
      await db.owner.query<{ name: string }>("select subdomain as name from clients where id = $1", [client])
    ).rows;
    await db.owner.query(
      `insert into sync_runs (client_id, number, source, status, by_name, started_at, ended_at)
       values ($1, 1, 'manual', 'succeeded', 'Ada', now() - interval '1 hour', now() - interval '1 hour')`,
      [client],
    );
    await db.owner.query(
      `insert into sync_steps (client_id, run_id, position, name, status, started_at, ended_at, rows_in, rows_out)
       select client_id, id, 3, 'totals', 'succeeded', started_at, started_at + interval '2.5 seconds', 7, 5
       from sync_runs where client_id = $1`,
      [client],
    );
    const { body } = await app.inject({ url: "/metrics" });
    const of = (more = "") => `{client="${row!.name}"${more}}`;
    expect(body).toContain(`muster_sync_runs${of(',status="succeeded"')} 1`);
    expect(body).toContain(`muster_sync_step_seconds${of(',step="totals"')} 2.5`);
    expect(body).toContain(`muster_sync_step_rows${of(',step="totals",direction="out"')} 5`);
    expect(body).toContain("muster_sync_queue_depth 0");
    expect(body).toMatch(/muster_sync_lag_seconds\{client="[^"]+"\} 36\d\d/);
  });

  it("are refused elsewhere, also through a proxy on this machine, unless with the token", async () => {
    const token = "a token of sixteen";
    const guarded = await testHttp(db, { metricsToken: token });
    const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
      guarded.inject({ url: "/metrics", remoteAddress, headers }).then(({ statusCode }) => statusCode);
    expect(await ask("203.0.113.4")).toBe(403);
    expect(await ask("127.0.0.1", { "x-forwarded-for": "127.0.0.1" })).toBe(403);
    expect(await ask("203.0.113.4", { authorization: "Bearer something else" })).toBe(403);
    expect(await ask("203.0.113.4", { authorization: `Bearer ${token}` })).toBe(200);
    expect(await ask("::1")).toBe(200);
    await guarded.close();
    const open = await app.inject({
      url: "/metrics",
      remoteAddress: "203.0.113.4",
      headers: { authorization: "Bearer undefined" },
    });
    expect(open.statusCode).toBe(403);
  });
});

describe("behind https", () => {
  it("MUSTER_PUBLIC_URL makes cookies Secure for its host and its origin welcome", async () => {
    const proxied = await testHttp(db, { publicUrl: "https://muster.example" });
    const { email } = await aSignInAdmin(db);
    const body = { email, password: PASSWORD };
    const public_ = { host: "muster.example", origin: "https://muster.example" };
    const answer = await postSignIn(proxied, body, { headers: public_ });
    expect(String(answer.headers["set-cookie"])).toMatch(/; Secure/);
    expect(answer.headers["strict-transport-security"]).toBeDefined();
    const inside = await postSignIn(proxied, body, {
      headers: { host: "10.0.0.4:3000", origin: "https://muster.example" },
    });
    expect(inside.statusCode).toBe(200);
    expect(String(inside.headers["set-cookie"])).not.toMatch(/Secure/);
    await proxied.close();
  });
});

describe("an open stream", () => {
  it("begins at once, in the session's name, and does not keep the server from closing", async () => {
    const server = await testHttp(db);
    await server.listen({ port: 0, host: "127.0.0.1" });
    const { clientId, runId } = await aQueuedRun();
    const cookie = await aSession(db, server, clientId, "viewer");
    const { port } = server.server.address() as AddressInfo;
    const path = `/trpc/sync.progress?input=${encodeURIComponent(JSON.stringify({ json: { clientId, runId } }))}`;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ port, path, headers: { cookie, accept: "text/event-stream" } })
        .on("response", resolve)
        .on("error", reject)
        .end();
    });
    expect(answer.headers["content-type"]).toMatch(/^text\/event-stream/);
    const [first] = (await once(answer, "data")) as [Buffer];
    expect(first.toString()).toContain("event: connected");
    // A connection that is cut says "aborted" before it closes, which is what is meant to happen.
    answer.on("error", () => undefined);
    const ended = new Promise((resolve) => answer.once("close", resolve));
    const started = Date.now();
    await server.close();
    await ended;
    expect(Date.now() - started).toBeLessThan(3_000);
  });
});

async function aQueuedRun(): Promise<{ clientId: ClientId; runId: string }> {
  const [clientId, runId] = [await aClient(db), randomUUID()];
  await asOwner(db, (owner) =>
    owner.execute(sql`
      insert into sync_runs (client_id, id, number, source, by_name)
      values (${clientId}::uuid, ${runId}::uuid, 1, 'manual', 'Ada')`),
  );
  return { clientId, runId };
}
