import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, asOwner, aVideo } from "../testing/builders.ts";
import { stageImport } from "../imports/stage.ts";
import { testDatabase } from "../testing/database.ts";
import { dayFile, fileDay, storeDay } from "../testing/day-files.ts";
import { aSession, anAddress, testHttp } from "../testing/http.ts";
import { aProgramme, type Programme } from "../testing/programme.ts";
import { type ExportListName, exportListNames } from "./schema.ts";

const db = testDatabase();
let app: FastifyInstance;
beforeAll(async () => {
  app = await testHttp(db);
});
afterAll(() => app.close());

/** A file of each programme that waits to be imported. */
const waiting = new Map<ClientId, string>();

/** What each list must be told to answer the rows of a programme. */
const queries: Record<ExportListName, (of: Programme) => Record<string, string>> = {
  missions: () => ({}),
  eligibility: ({ missionId }) => ({ missionId }),
  "near-misses": ({ missionId }) => ({ missionId, kind: "target" }),
  progress: ({ missionId }) => ({ missionId }),
  creators: () => ({}),
  redemptions: ({ missionId }) => ({ missionId }),
  rewards: () => ({}),
  adjustments: ({ userId }) => ({ userId }),
  seedings: ({ missionId }) => ({ missionId }),
  "plan-drift": ({ planId }) => ({ planId, kind: "newly_eligible" }),
  "seeding-rows": ({ seedId }) => ({ seedId }),
  "checked-rows": ({ clientId }) => ({ importId: waiting.get(clientId)!, verdict: "created" }),
  "new-creators": ({ clientId }) => ({ importId: waiting.get(clientId)! }),
  imports: () => ({}),
  runs: () => ({}),
  "tier-moves": ({ runId }) => ({ runId }),
  finding: () => ({ code: "creators_unknown_tier" }),
  audit: () => ({}),
  "run-changes": ({ runId }) => ({ runId, kind: "promoted" }),
  "held-changes": ({ runId }) => ({ runId, number: "1", kind: "promoted" }),
  rehearsal: ({ rehearsalId }) => ({ rehearsalId, kind: "promoted" }),
};

function get(cookie: string | null, client: ClientId, name: string, query: Record<string, string>) {
  const url = `/api/clients/${client}/exports/${name}.csv`;
  return app.inject({ url, query, headers: cookie === null ? {} : { cookie }, remoteAddress: anAddress() });
}

describe.for(exportListNames)("the download of %s", (name) => {
  let mine: Programme;
  let theirs: Programme;
  beforeAll(async () => {
    [mine, theirs] = [await aProgramme(db), await aProgramme(db)];
    for (const { clientId, mark, runId } of [mine, theirs]) {
      const importId = await storeDay(db, clientId, dayFile([{ Handle: `${mark}.new` }]));
      await stageImport(db, clientId, importId, { now: new Date(fileDay) });
      waiting.set(clientId, importId);
      const moved = await aCreator(db, clientId, { handle: `${mark}.lost`, tier: "gone" });
      await aVideo(db, clientId, moved, { gmv: 950 });
      await asOwner(db, (owner) =>
        owner.execute(sql`
          insert into tier_checkpoints (client_id, user_id, window_end, tier_before, tier_after, status, run_id)
          values (${clientId}::uuid, ${moved}::uuid, now(), 'tier_1', 'tier_2', 'promoted', ${runId}::uuid)`),
      );
    }
  });

  it("holds the client's rows as UTF-8 with its mark and lines that end in CRLF", async () => {
    const viewer = await aSession(db, app, mine.clientId, "viewer");
    const answer = await get(viewer, mine.clientId, name, queries[name](mine));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="c-[-0-9a-z]+-\d{4}-\d\d-\d\d\.csv";/);
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(answer.body.split("\r\n").length).toBeGreaterThanOrEqual(3);
    expect(answer.body.endsWith("\r\n")).toBe(true);
    expect(answer.body).toContain(mine.mark);
  });

  it("asks for a session, and is not there for a stranger", async () => {
    const stranger = await aSession(db, app, mine.clientId, null);
    const [nobody, strange] = [
      await get(null, mine.clientId, name, queries[name](mine)),
      await get(stranger, mine.clientId, name, queries[name](mine)),
    ];
    expect(nobody.statusCode).toBe(401);
    expect(strange.statusCode).toBe(404);
    expect(strange.json()).toEqual({ message: "This client was not found.", code: "not_found" });
  });

  it("never holds another client's rows, also when it is asked for by their ids", async () => {
    const viewer = await aSession(db, app, mine.clientId, "viewer");
    const own = await get(viewer, mine.clientId, name, queries[name](mine));
    const asked = await get(viewer, mine.clientId, name, queries[name](theirs));
    expect(own.body).not.toContain(theirs.mark);
    expect([200, 404]).toContain(asked.statusCode);
    expect(asked.body).not.toContain(theirs.mark);
  });

  it("refuses a filter it does not know, instead of letting through more than was asked for", async () => {
    const viewer = await aSession(db, app, mine.clientId, "viewer");
    const answer = await get(viewer, mine.clientId, name, { ...queries[name](mine), buckt: "unknown" });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ field: "buckt", message: 'This list has no filter "buckt".' });
    const inherited = await get(viewer, mine.clientId, name, { ...queries[name](mine), constructor: "x" });
    expect(inherited.statusCode).toBe(400);
  });
});

describe("a download", () => {
  it("of a list that is none is not found", async () => {
    const client = await aClient(db);
    const viewer = await aSession(db, app, client, "viewer");
    for (const name of ["nothing", "toString", "__proto__"]) {
      expect((await get(viewer, client, name, {})).statusCode).toBe(404);
    }
    expect((await get(viewer, "nonsense" as ClientId, "eligibility", {})).statusCode).toBe(404);
  });

  it.each([
    ["missionId", "nonsense"],
    ["bucket", "everybody"],
    ["whatIf", "{"],
    ["whatIf", "true"],
    ["q", "a\0"],
    ["userIds", "a,b"],
    ["userIds", ""],
    ["userIds", Array.from({ length: 201 }, () => randomUUID()).join(",")],
  ])("with a %s of %.20s is refused, naming it", async (field, bad) => {
    const client = await aClient(db);
    const missionId = await aMission(db, client);
    const viewer = await aSession(db, app, client, "viewer");
    const answer = await get(viewer, client, "eligibility", { missionId, [field]: bad });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: "bad_request", field });
    expect(answer.headers["content-type"]).toContain("application/json");
  });

  it("is one of sixty a minute from one address", async () => {
    const client = await aClient(db);
    const remoteAddress = anAddress();
    const codes: number[] = [];
    for (let asked = 0; asked < 61; asked += 1) {
      const { statusCode } = await app.inject({ url: `/api/clients/${client}/exports/creators.csv`, remoteAddress });
      codes.push(statusCode);
    }
    expect(codes).toEqual([...Array.from({ length: 60 }, () => 401), 429]);
  });

  it("reads each kind of filter from the address", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client, { enabled: false });
    const [anna, ben] = [await aCreator(db, client, { handle: "anna" }), await aCreator(db, client, { handle: "ben" })];
    await aCreator(db, client, { handle: "true" });
    const viewer = await aSession(db, app, client, "viewer");
    const handles = async (query: string) => {
      const url = `/api/clients/${client}/exports/eligibility.csv?missionId=${missionId}&${query}`;
      const { body } = await app.inject({ url, headers: { cookie: viewer }, remoteAddress: anAddress() });
      return body
        .split("\r\n")
        .slice(1, -1)
        .map((line) => line.split(",")[0]);
    };
    expect(await handles("")).toEqual(["anna", "ben", "true"]);
    expect(await handles("q=true")).toEqual(["true"]);
    expect(await handles("q=%40AN")).toEqual(["anna"]);
    expect(await handles(`userIds=${anna}`)).toEqual(["anna"]);
    expect(await handles(`userIds=${ben},${anna}`)).toEqual(["anna", "ben"]);
    expect(await handles(`userIds=${ben}&userIds=${anna}`)).toEqual(["anna", "ben"]);
    expect(await handles("bucket=will_create")).toEqual([]);
    const whatIf = encodeURIComponent(JSON.stringify({ enabled: true }));
    expect(await handles(`bucket=will_create&whatIf=${whatIf}`)).toEqual(["anna", "ben", "true"]);
  });
});
