import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { runSync } from "../../sync/runner.ts";
import { startSync } from "../../sync/service.ts";
import { pipeline } from "../../sync/steps.ts";
import { aClient, asOwner } from "../../testing/builders.ts";
import { anAdmin, callerAs, contextFor } from "../../testing/caller.ts";
import { localhostCertificate, localhostKey } from "../../testing/certificate.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, fileDay, importTables, videosOf } from "../../testing/day-files.ts";
import { auditOf, runnerDeps, someone } from "../../testing/runs.ts";
import { createCaller } from "../../router.ts";
import type { SourceDeps } from "./fetching.ts";
import { keyFrom } from "../../base/secret-box.ts";

const db = testDatabase();
const now = new Date(fileDay);
const TAKEN = "1 new, 0 changed, 0 same, 0 duplicate, 0 rejected";
const TOKEN = "s3cret-token-of-the-source";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let base = "";
let answer: Answer = (_, response) => response.writeHead(404).end();
let asked: IncomingMessage[] = [];

beforeAll(async () => {
  server = createServer({ key: localhostKey, cert: localhostCertificate }, (request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => {
  asked = [];
});

const sources = (more: Partial<SourceDeps> = {}): SourceDeps => ({
  allowPrivate: true,
  ca: localhostCertificate,
  key: () => keyFrom("a key of a test that is long enough"),
  backoffMs: [0, 0],
  ...more,
});

const settings = {
  kind: "https",
  authKind: "bearer",
  authUser: null,
  sizeLimitMb: 1,
  timeLimitSeconds: 30,
} as const;

async function ownerOf(client: ClientId, deps = sources()) {
  return createCaller({ ...contextFor(db, await anAdmin(db, client, "owner"), { now }), sources: deps });
}

async function aSource(more: Partial<Parameters<Awaited<ReturnType<typeof ownerOf>>["sources"]["update"]>[0]> = {}) {
  const client = await aClient(db);
  const owner = await ownerOf(client);
  await owner.sources.update({ clientId: client, url: `${base}/day.csv`, secret: TOKEN, ...settings, ...more });
  return client;
}

/** A run as the schedule starts one; answers its first step. */
async function night(client: ClientId, deps = sources()) {
  const started = await startSync(db, someone, client, { inbox: true, now });
  const outcome = await runSync(
    db,
    runnerDeps({ now: () => now, steps: pipeline, sources: deps }),
    client,
    started.runId as RunId,
  );
  const viewer = await callerAs(db, "viewer", client);
  const run = await viewer.sync.get({ clientId: client, runId: started.runId });
  return { outcome, status: run.status, message: run.steps[0]!.message, error: run.error?.message, number: run.number };
}

const sends =
  (text: string, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-type": "text/csv", ...headers }).end(text);
  };

describe("a file that is fetched", () => {
  it("is asked for with the token, taken by the run, and asked for with its marks the next night", async () => {
    const client = await aSource();
    answer = (request, response) => {
      if (request.headers["if-none-match"] === '"one"') return response.writeHead(304).end();
      return sends(dayFile([{}]), { etag: '"one"', "last-modified": "Fri, 20 Nov 2026 03:00:00 GMT" })(
        request,
        response,
      );
    };
    expect(await night(client)).toMatchObject({ outcome: "succeeded", message: TAKEN });
    expect(asked[0]!.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(await videosOf(db, client)).toHaveLength(1);

    expect(await night(client)).toMatchObject({
      status: "succeeded",
      message:
        "The source has no newer file: still day.csv, which was taken by run 1. The other steps ran on what is there",
    });
    expect(asked[1]!.headers["if-modified-since"]).toBe("Fri, 20 Nov 2026 03:00:00 GMT");
  });

  it("with the same bytes and no marks is known by them, and not stored again", async () => {
    const client = await aSource();
    answer = sends(dayFile([{}]));
    await night(client);
    const before = await importTables(db, client);
    expect((await night(client)).message).toBe("day.csv was taken by run 1. The other steps ran on what is there");
    expect(await importTables(db, client)).toMatchObject({ imports: before.imports, files: before.files });
  });

  it("that waits because its run came to no end is taken by the next, though the source says it is unchanged", async () => {
    const client = await aSource();
    answer = (request, response) => {
      if (request.headers["if-none-match"] !== undefined) return response.writeHead(304).end();
      return sends(dayFile([{}]), { etag: '"one"' })(request, response);
    };
    const broken = pipeline.map((step) =>
      step.name === "import" ? { ...step, run: () => Promise.reject(new Error("crashed here")) } : step,
    );
    const started = await startSync(db, someone, client, { inbox: true, now });
    await runSync(
      db,
      runnerDeps({ now: () => now, steps: broken, sources: sources() }),
      client,
      started.runId as RunId,
    );
    expect(await night(client)).toMatchObject({ status: "succeeded", message: TAKEN });
  });

  it("is unpacked, named by the source, and follows a redirect without telling another host the token", async () => {
    const client = await aSource({ url: `${base}/latest` });
    answer = (request, response) => {
      if (request.url === "/latest") {
        const there = base.replace("localhost", "127.0.0.1");
        return response.writeHead(302, { location: `${there}/files/1` }).end();
      }
      response.writeHead(200, {
        "content-encoding": "gzip",
        "content-disposition": 'attachment; filename="20 Nov.csv"',
      });
      return response.end(gzipSync(dayFile([{}])));
    };
    expect((await night(client)).message).toBe(TAKEN);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`, undefined]);
    const owner = await ownerOf(client);
    expect((await owner.imports.list({ clientId: client })).rows[0]).toMatchObject({
      fileName: "20 Nov.csv",
      source: "https",
    });
  });

  it("is asked for again while the trouble may pass", async () => {
    const client = await aSource();
    answer = (request, response) =>
      asked.length < 3
        ? response.writeHead(503, { "retry-after": "0" }).end()
        : sends(dayFile([{}]))(request, response);
    expect((await night(client)).message).toBe(TAKEN);
    expect(asked).toHaveLength(3);
  });

  it("that was refused for its header is fetched again once its columns are matched", async () => {
    const client = await aSource();
    const file = dayFile([{}]).replace("Handle", "Creator");
    answer = (request, response) =>
      request.headers["if-none-match"] === undefined
        ? sends(file, { etag: '"of old"' })(request, response)
        : response.writeHead(304).end();
    expect((await night(client)).outcome).toBe("failed");
    await (await ownerOf(client)).sources.setColumns({ clientId: client, columns: { Handle: "Creator" } });
    expect(await night(client)).toMatchObject({
      status: "succeeded",
      message: expect.stringContaining("1 new") as string,
    });
  });

  it("that is refused fails the run as one of the inbox does, and is not fetched and refused again", async () => {
    const client = await aSource();
    answer = sends("Creator,Plays\n", { etag: '"bad"' });
    expect(await night(client)).toMatchObject({
      outcome: "failed",
      error: expect.stringContaining("The header lacks") as string,
    });
    const owner = await ownerOf(client);
    expect(await owner.sources.get({ clientId: client })).toMatchObject({ lastOutcome: "refused" });
    expect((await owner.imports.list({ clientId: client })).rows[0]).toMatchObject({
      status: "refused",
      source: "https",
    });
    expect(await night(client)).toMatchObject({ outcome: "succeeded" });
  });
});

function* endless(): Generator<string> {
  yield dayFile([{}]);
  for (;;) yield "x".repeat(64 * 1024);
}

describe("a source in trouble", () => {
  /** What the run says of it; it has gone on and nothing was stored. */
  const told = async (client: ClientId, deps = sources()) => {
    const run = await night(client, deps);
    expect(run).toMatchObject({ outcome: "succeeded", status: "succeeded_with_warnings" });
    expect(await importTables(db, client)).toMatchObject({ imports: 0, files: 0 });
    const owner = await ownerOf(client);
    expect(await owner.sources.get({ clientId: client })).toMatchObject({ lastOutcome: "failed" });
    return run.message;
  };

  it.each([
    ["that refuses the token", 401, /refused the sign-in \(401\)/, 1],
    ["that has no file", 404, /no file at this address/, 1],
    ["that is out of order", 500, /answered 500/, 3],
  ] as const)("%s is told, and the run goes on", async (_, status, message, times) => {
    const client = await aSource();
    answer = (_request, response) => response.writeHead(status).end();
    expect(await told(client)).toMatch(message);
    expect(asked).toHaveLength(times);
  });

  it("that redirects to http, or without end, is not followed", async () => {
    answer = (_, response) => response.writeHead(302, { location: "http://localhost/day.csv" }).end();
    expect(await told(await aSource())).toMatch(/redirected to http:\/\/localhost, which is not https/);
    answer = (_, response) => response.writeHead(302, { location: "/day.csv" }).end();
    expect(await told(await aSource())).toMatch(/redirected more than 5 times/);
  });

  it("that sends too much, packed or not, is ended at the limit", async () => {
    answer = (_, response) => {
      response.writeHead(200);
      Readable.from(endless()).pipe(response);
    };
    expect(await told(await aSource())).toMatch(/larger than the limit/);
    const bomb = gzipSync(
      Buffer.concat([Buffer.from(dayFile([{}])), Buffer.from(`${"x".repeat(50_000)}\n`.repeat(200))]),
    );
    answer = (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    expect(await told(await aSource())).toMatch(/larger than the limit/);
  });

  it("that breaks off in the middle leaves nothing", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "content-length": "1000000" });
      response.write(dayFile([{}]), () => response.destroy());
    };
    expect(await told(await aSource())).toMatch(/connection to localhost failed/);
    expect(asked).toHaveLength(3);
  });

  it("whose certificate nobody vouches for is not spoken to", async () => {
    answer = sends(dayFile([{}]));
    expect(await told(await aSource(), sources({ ca: undefined }))).toMatch(/certificate of localhost is not accepted/);
    expect(asked).toHaveLength(0);
  });

  it("that lies in a private network, or redirects into it, is not asked unless the installation allows it", async () => {
    answer = sends(dayFile([{}]));
    expect(await told(await aSource(), sources({ allowPrivate: false }))).toMatch(
      /localhost is an address of a private network/,
    );
    expect(asked).toHaveLength(0);
  });
});

describe("the settings of a source", () => {
  it("never answer the secret, seal it, and tell the audit log that it changed, not what it is", async () => {
    const client = await aSource();
    const owner = await ownerOf(client);
    const shown = await owner.sources.get({ clientId: client });
    expect(shown).toMatchObject({ kind: "https", authKind: "bearer", hasSecret: true, url: `${base}/day.csv` });
    const everything = await asOwner(db, async (owned) => [
      await owned.query<{ text: string }>(sql`
        select encode(secret, 'escape') || f::text as text from file_sources f where client_id = ${client}::uuid`),
      await owned.query<{ text: string }>(
        sql`select a::text as text from audit_log a where client_id = ${client}::uuid`,
      ),
    ]);
    expect(JSON.stringify([shown, everything])).not.toContain(TOKEN);
    expect(await auditOf(db, client)).toEqual(["source.updated"]);
  });

  it("keep the secret when it is left out, but not for another host", async () => {
    const client = await aSource();
    const owner = await ownerOf(client);
    const same = { clientId: client, ...settings, timeLimitSeconds: 60 };
    expect(await owner.sources.update({ ...same, url: `${base}/other.csv` })).toMatchObject({ hasSecret: true });
    await expect(owner.sources.update({ ...same, url: "https://elsewhere.example.com/day.csv" })).rejects.toMatchObject(
      {
        code: "BAD_REQUEST",
        message: expect.stringContaining("not sent to another") as string,
      },
    );
  });

  it("sealed with another key are asked for anew, and for another client they cannot be opened", async () => {
    const client = await aSource();
    answer = sends(dayFile([{}]));
    const other = sources({ key: () => keyFrom("another key of a test, long enough too") });
    expect(await night(client, other)).toMatchObject({
      outcome: "succeeded",
      status: "succeeded_with_warnings",
      message: expect.stringContaining("An owner has to enter it again") as string,
    });
    const stranger = await aSource();
    await asOwner(db, (owned) =>
      owned.execute(sql`
        update file_sources f set secret = g.secret from file_sources g
        where f.client_id = ${stranger}::uuid and g.client_id = ${client}::uuid`),
    );
    expect(await night(stranger)).toMatchObject({
      status: "succeeded_with_warnings",
      message: expect.stringContaining("cannot be read") as string,
    });
  });

  it.each([
    ["http", { url: "http://exports.example.com/day.csv" }, "over https only"],
    [
      "a sign-in inside the address",
      { url: "https://me:pass@exports.example.com/" },
      "does not belong into the address",
    ],
    ["no address at all", { url: null }, "An address is needed"],
    ["basic without a user", { authKind: "basic", secret: "x" }, "needs a user name"],
    ["a private address", { url: "https://[::1]/day.csv" }, "private network"],
    ["one in other words", { url: "https://0x7f.1/day.csv" }, "private network"],
  ] as const)("refuse %s", async (_, change, message) => {
    const client = await aClient(db);
    const owner = await ownerOf(client, sources({ allowPrivate: false }));
    const input = {
      clientId: client,
      url: "https://exports.example.com/day.csv",
      secret: TOKEN,
      ...settings,
      ...change,
    };
    await expect(owner.sources.update(input)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining(message) as string,
    });
  });

  it("can be tried: the file is read to its end and nothing is kept", async () => {
    const client = await aSource({ authKind: "basic", authUser: "muster", secret: "pass" });
    answer = sends(dayFile([{}, { Video: "2" }]));
    const owner = await ownerOf(client);
    expect(await owner.sources.test({ clientId: client })).toMatchObject({
      kind: "file",
      fileName: "day.csv",
      rows: 2,
    });
    expect(asked[0]!.headers.authorization).toBe(`Basic ${Buffer.from("muster:pass").toString("base64")}`);
    answer = (_, response) => response.writeHead(403).end();
    expect(await owner.sources.test({ clientId: client })).toMatchObject({ kind: "failed" });
    expect(await importTables(db, client)).toMatchObject({ imports: 0, staged: 0 });
  });
});
