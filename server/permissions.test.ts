/** Walks every procedure and every plain route: nobody gets in who may not, and nobody sees or moves another client's rows. */
import { randomUUID } from "node:crypto";
import { TRPCError } from "@trpc/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions, type Role, roles } from "./access/schema.ts";
import { appRouter, createCaller } from "./router.ts";
import { callerAs, contextFor } from "./testing/caller.ts";
import { testDatabase } from "./testing/database.ts";
import { aFile, aSession, testHttp } from "./testing/http.ts";
import { pictureOf } from "./testing/picture.ts";
import { aProgramme, type Programme } from "./testing/programme.ts";
import type { Meta } from "./trpc/trpc.ts";

type InputOf = (of: Programme) => Record<string, unknown>;

const nothing: InputOf = () => ({});
const ladder = {
  tierId: "tier_1",
  tierName: "Bronze",
  tierColor: null,
  salesThreshold: "0",
  unitsThreshold: null,
  commissionRate: "0",
  checkpointExempt: true,
};
const thresholds = {
  fewer_rows: null,
  rejected: "10",
  falling: "5",
  created: "20",
  demoted: "7.5",
  redemptions: "1000",
  redemptions_value: "25000",
};
const reward = { name: "Card", value: { type: "gift_card", amount: 5 } };
const mission = { title: "Sell", targetValue: "10" };

/** A good input of every procedure beside `clientId`, made of a programme's ids. A procedure that is missing here fails the walk. */
const inputs: Record<string, InputOf> = {
  "clients.get": nothing,
  "clients.freshness": nothing,
  "members.list": nothing,
  "members.add": () => ({ email: `${randomUUID()}@example.test`, name: "New", role: "viewer" }),
  "members.changeRole": ({ adminId }) => ({ adminId, role: "viewer" }),
  "members.remove": ({ adminId }) => ({ adminId }),
  "missions.list": nothing,
  "missions.count": nothing,
  "missions.counts": ({ missionId }) => ({ missionIds: [missionId] }),
  "missions.get": ({ missionId }) => ({ missionId }),
  "missions.create": ({ rewardId }) => ({ ...mission, missionType: "videos", rewardId }),
  "missions.update": ({ missionId, rewardId }) => ({ ...mission, missionId, rewardId, enabled: true }),
  "missions.duplicate": ({ missionId }) => ({ missionId }),
  "missions.activationFacts": ({ missionId }) => ({ missionId }),
  "missions.lint": ({ missionId }) => ({ missionId }),
  "missions.backtest": ({ missionId }) => ({ missionId, window: "previous" }),
  "missions.activate": ({ missionId }) => ({ missionId }),
  "missions.deactivate": ({ missionId }) => ({ missionId }),
  "tiers.list": nothing,
  "tiers.update": () => ({ tiers: [ladder] }),
  "rewards.list": nothing,
  "rewards.count": nothing,
  "rewards.create": () => reward,
  "rewards.update": ({ rewardId }) => ({ ...reward, rewardId }),
  "creators.list": nothing,
  "creators.count": nothing,
  "creators.get": ({ userId }) => ({ userId }),
  "creators.timeline": ({ userId }) => ({ userId }),
  "eligibility.preview": ({ missionId }) => ({ missionId }),
  "eligibility.window": ({ missionId }) => ({ missionId }),
  "eligibility.previewMany": nothing,
  "eligibility.plan": ({ planId }) => ({ planId }),
  "eligibility.drift": ({ planId }) => ({ planId }),
  "eligibility.list": ({ missionId }) => ({ missionId }),
  "eligibility.count": ({ missionId }) => ({ missionId }),
  "eligibility.relax": ({ missionId }) => ({ missionId }),
  "eligibility.coverage": nothing,
  "eligibility.nearMisses": ({ missionId }) => ({ missionId, kind: "target" }),
  "eligibility.nearMissCounts": ({ missionId }) => ({ missionId, kind: "tier" }),
  "eligibility.previewDraft": ({ missionId, rewardId }) => ({
    missionId,
    rewardId,
    missionType: "videos",
    targetValue: "5",
  }),
  "eligibility.explain": ({ missionId, userId }) => ({ missionId, userId }),
  "eligibility.creator": ({ userId }) => ({ userId }),
  "seeding.run": ({ missionId }) => ({ missionIds: [missionId] }),
  "seeding.applyPlan": ({ planId }) => ({ planId }),
  "seeding.job": ({ jobId }) => ({ jobId }),
  "seeding.latestJob": nothing,
  "seeding.cancelJob": ({ jobId }) => ({ jobId }),
  "seeding.retryJob": ({ jobId }) => ({ jobId }),
  "seeding.list": ({ missionId }) => ({ missionId }),
  "seeding.count": ({ missionId }) => ({ missionId }),
  "seeding.get": ({ seedId }) => ({ seedId }),
  "seeding.counts": ({ seedId }) => ({ seedIds: [seedId] }),
  "seeding.rows": ({ seedId }) => ({ seedId }),
  "seeding.rowCount": ({ seedId }) => ({ seedId }),
  "seeding.undo": ({ seedId, missionId }) => ({ seedId, disableMissions: [missionId] }),
  "progress.list": ({ missionId }) => ({ missionId }),
  "progress.count": ({ missionId }) => ({ missionId }),
  "progress.distribution": ({ missionId }) => ({ missionId }),
  "redemptions.list": ({ missionId, userId }) => ({ missionId, userId }),
  "redemptions.count": ({ missionId, userId }) => ({ missionId, userId }),
  "redemptions.cause": ({ redemptionId }) => ({ redemptionId }),
  "adjustments.list": ({ userId }) => ({ userId }),
  "adjustments.count": ({ userId }) => ({ userId }),
  "adjustments.create": ({ handle }) => ({ handle, adjustmentType: "bonus", value: "5", reason: "Because" }),
  "imports.list": nothing,
  "imports.count": nothing,
  "imports.get": ({ importId }) => ({ importId }),
  "imports.check": ({ importId }) => ({ importId }),
  "imports.checkProgress": ({ importId }) => ({ importId }),
  "imports.cancelCheck": ({ importId }) => ({ importId }),
  "imports.rows": ({ importId }) => ({ importId, verdict: "updated" }),
  "imports.newCreators": ({ importId }) => ({ importId }),
  "imports.rejected": ({ importId }) => ({ importId }),
  "imports.rejectedCount": ({ importId }) => ({ importId }),
  "imports.discard": ({ importId }) => ({ importId }),
  "sources.get": nothing,
  "sources.update": () => ({
    kind: "inbox",
    url: null,
    authKind: "none",
    authUser: null,
    sizeLimitMb: 100,
    timeLimitSeconds: 60,
  }),
  "sources.test": nothing,
  "sources.setColumns": () => ({ columns: { Handle: "Creator" } }),
  "imports.aliasSuggestions": nothing,
  "imports.aliases": nothing,
  "imports.acceptAlias": ({ userId }) => ({ handle: "another.name", userId }),
  "imports.dismissAlias": ({ userId }) => ({ handle: "a.third.name", userId }),
  "imports.undoAlias": ({ userId }) => ({ handle: "nobody.knows", userId, status: "accepted" }),
  "sync.start": nothing,
  "sync.cancel": ({ runId }) => ({ runId }),
  "sync.verify": nothing,
  "sync.retry": ({ runId }) => ({ runId }),
  "sync.release": ({ runId }) => ({ runId }),
  "sync.list": nothing,
  "sync.count": nothing,
  "sync.get": ({ runId }) => ({ runId }),
  "sync.getByNumber": () => ({ number: 1 }),
  "sync.progress": ({ runId }) => ({ runId }),
  "sync.rehearse": nothing,
  "sync.endRehearsal": ({ rehearsalId }) => ({ rehearsalId }),
  "sync.rehearsal": ({ rehearsalId }) => ({ rehearsalId }),
  "sync.rehearsals": nothing,
  "sync.rehearsalChanges": ({ rehearsalId }) => ({ rehearsalId, kind: "promoted" }),
  "sync.rehearsalChangesCount": ({ rehearsalId }) => ({ rehearsalId, kind: "promoted" }),
  "sync.runChanges": ({ runId }) => ({ runId }),
  "sync.changes": ({ runId }) => ({ runId, kind: "promoted" }),
  "sync.compare": ({ runId }) => ({ runId, withRunId: runId }),
  "sync.holds": ({ runId }) => ({ runId }),
  "sync.holdChanges": ({ runId }) => ({ runId, number: 1, kind: "demoted" }),
  "sync.releaseHeld": ({ runId }) => ({ runId, reason: "Looked at it" }),
  "sync.discard": ({ runId }) => ({ runId, reason: "Wrong file" }),
  "guards.get": nothing,
  "guards.save": () => ({ thresholds }),
  "schedule.get": nothing,
  "schedule.calendar": nothing,
  "schedule.preview": () => ({ cron: "0 5 * * *", timezone: "UTC" }),
  "schedule.save": () => ({ cron: "0 5 * * *", timezone: "UTC", missedPolicy: "skip" }),
  "schedule.pause": () => ({ reason: "Stocktaking", untilDay: null }),
  "schedule.resume": nothing,
  "schedule.startDue": () => ({ dueAt: new Date("2026-11-20T09:00:00Z") }),
  "notifications.channels": nothing,
  "notifications.create": () => ({ kind: "slack", name: "Team", target: "https://hooks.example.com/x", events: [] }),
  "notifications.update": ({ channelId }) => ({ channelId, name: "Team", events: ["failed"], enabled: true }),
  "notifications.test": ({ channelId }) => ({ channelId }),
  "notifications.deliveries": nothing,
  "notifications.deliveryCount": nothing,
  "notifications.redeliver": ({ deliveryId }) => ({ deliveryId }),
  "notifications.remove": ({ channelId }) => ({ channelId }),
  "digest.get": nothing,
  "digest.settings": nothing,
  "digest.saveSettings": () => ({ mode: "at_hour", hour: 7 }),
  "audit.list": nothing,
  "audit.count": nothing,
  "audit.actions": nothing,
  "health.checks": nothing,
  "health.checkNow": nothing,
  "health.list": () => ({ code: "creators_without_running_row" }),
  "health.count": () => ({ code: "creators_without_running_row" }),
  "health.previewFix": () => ({ code: "pairs_to_be_created" }),
  "health.applyFix": () => ({ code: "dormant_rows_of_running_missions", token: "of before" }),
  "health.mute": () => ({ code: "pairs_to_be_created", reason: "Known", until: new Date(Date.now() + 86_400_000) }),
  "health.unmute": () => ({ code: "pairs_to_be_created" }),
};

/** These need a session and no client: they answer what is the caller's own. */
const withoutClient = ["session.me", "clients.list"];

/** These serve the scheduler's job alone; a person with the permission is still refused. */
const forJobs = ["schedule.startDue"];

const db = testDatabase();
// By their dotted paths, as tRPC keeps them, although its types nest them.
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { meta?: Meta } }>;
const walk = Object.entries(procedures).map(([path, { _def }]) => ({ path, permission: _def.meta?.permission }));
const guarded = walk.flatMap(({ path, permission }) => (permission == null ? [] : [{ path, permission }]));

type Caller = Awaited<ReturnType<typeof callerAs>>;
type Outcome = { code: "OK"; data: unknown } | { code: TRPCError["code"]; message: string };

/** Calls a procedure and answers how it ended; of a subscription the first event counts. */
async function call(caller: Caller, path: string, input: Record<string, unknown>): Promise<Outcome> {
  const [module, verb] = path.split(".") as [keyof Caller, string];
  const procedure = (caller[module] as unknown as Record<string, (input: unknown) => Promise<unknown>>)[verb]!;
  try {
    const data = await procedure(input);
    return { code: "OK", data: isStream(data) ? await firstOf(data) : data };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { code: error.code, message: error.message };
  }
}

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === "object" && data !== null && Symbol.asyncIterator in data;
}

async function firstOf(stream: AsyncIterable<unknown>): Promise<unknown> {
  for await (const event of stream) return event;
  return null;
}

let mine: Programme;
let theirs: Programme;
const callers = {} as Record<Role | "stranger" | "job", Caller>;
const callerOf = (path: string, role: Role) => callers[forJobs.includes(path) ? "job" : role];

beforeAll(async () => {
  [mine, theirs] = [await aProgramme(db), await aProgramme(db)];
  callers.stranger = await callerAs(db, null, mine.clientId);
  callers.job = createCaller(contextFor(db, { kind: "job", name: "nightly", clientId: mine.clientId }));
  for (const role of roles) callers[role] = await callerAs(db, role, mine.clientId);
});

describe("every procedure", () => {
  it("has a permission, or is one of the two that need none", () => {
    expect(walk.filter(({ permission }) => permission === undefined)).toEqual([]);
    expect(walk.filter(({ permission }) => permission === null).map(({ path }) => path)).toEqual(withoutClient);
  });

  it("stands in this test's table, and the table names no other", () => {
    expect(Object.keys(inputs).toSorted()).toEqual(guarded.map(({ path }) => path).toSorted());
  });

  it.for(guarded)("$path answers NOT_FOUND to a stranger, as for a client that does not exist", async ({ path }) => {
    const input = inputs[path]!(mine);
    const asStranger = await call(callers.stranger, path, { ...input, clientId: mine.clientId });
    const ofNobody = await call(callers.owner, path, { ...input, clientId: randomUUID() });
    expect(asStranger).toEqual({ code: "NOT_FOUND", message: "This client was not found." });
    expect(ofNobody).toEqual(asStranger);
  });

  const aboveViewer = guarded.filter(({ permission }) => permissions[permission] !== "viewer");
  it.for(aboveViewer)("$path names the role it needs to a smaller one", async ({ path, permission }) => {
    const needed = permissions[permission];
    for (const role of roles.slice(0, roles.indexOf(needed))) {
      expect(await call(callers[role], path, { ...inputs[path]!(mine), clientId: mine.clientId })).toEqual({
        code: "FORBIDDEN",
        message: `This needs the role ${needed}; yours is ${role}.`,
      });
    }
  });

  it.for(guarded)("$path names clientId when that is no id", async ({ path }) => {
    const outcome = await call(callers.owner, path, { ...inputs[path]!(mine), clientId: "nonsense" });
    expect(outcome).toMatchObject({ code: "BAD_REQUEST", message: expect.stringContaining("clientId") as string });
  });
});

describe("another client's rows", () => {
  it("stay unseen and unmoved, whatever a member of this one calls with their ids", async () => {
    const before = await pictureOf(db, theirs.clientId);
    const wrong: { path: string; outcome: Outcome }[] = [];
    for (const { path } of guarded) {
      const outcome = await call(callerOf(path, "owner"), path, { ...inputs[path]!(theirs), clientId: mine.clientId });
      const isFine =
        outcome.code === "OK" ? !JSON.stringify(outcome.data).includes(theirs.mark) : outcome.code === "NOT_FOUND";
      if (!isFine) wrong.push({ path, outcome });
    }
    expect(wrong).toEqual([]);
    expect(await pictureOf(db, theirs.clientId)).toEqual(before);
  });
});

describe("a member", () => {
  it("with the role a procedure needs is let in, and the table's inputs are good", async () => {
    const refusals = ["UNAUTHORIZED", "FORBIDDEN", "BAD_REQUEST", "NOT_FOUND", "INTERNAL_SERVER_ERROR"];
    const refused: { path: string; outcome: Outcome }[] = [];
    for (const { path, permission } of guarded) {
      const input = { ...inputs[path]!(mine), clientId: mine.clientId };
      const outcome = await call(callerOf(path, permissions[permission]), path, input);
      if (refusals.includes(outcome.code)) refused.push({ path, outcome });
    }
    expect(refused).toEqual([]);
  });
});

describe("every plain route", () => {
  const upload = "/api/clients/:clientId/imports";
  const download = "/api/clients/:clientId/imports/:importId/rejected.csv";
  const exported = "/api/clients/:clientId/exports/:list.csv";
  /** Routes beside the procedures, with what a caller must be: anybody, this machine, or a role in the client. */
  const routes: Record<string, "anybody" | "this machine" | "the procedures" | Role> = {
    "/health (GET, HEAD)": "anybody",
    "/metrics (GET, HEAD)": "this machine",
    "/api/auth/sign-in/email (POST)": "anybody",
    "/api/auth/sign-out (POST)": "anybody",
    "/api/auth/change-password (POST)": "anybody",
    "/api/auth/get-session (GET, HEAD)": "anybody",
    "/trpc/:path": "the procedures",
    [`${upload} (POST)`]: permissions["imports:write"],
    [`${upload}/columns (POST)`]: permissions["sources:write"],
    [`${download} (GET, HEAD)`]: permissions["imports:read"],
    // each list with its own permission, walked through in exports.test.ts
    [`${exported} (GET)`]: "viewer",
  };
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await testHttp(db);
  });
  afterAll(() => app.close());

  const post = (cookie: string | null, clientId: string) => {
    const { headers, payload } = aFile("day.csv", "Handle,Video");
    const url = upload.replace(":clientId", clientId);
    return app.inject({
      method: "POST",
      url,
      headers: { ...headers, ...(cookie === null ? {} : { cookie }) },
      payload,
    });
  };
  const get = (cookie: string | null, { clientId, importId }: Pick<Programme, "clientId" | "importId">) => {
    const url = download.replace(":clientId", clientId).replace(":importId", importId);
    return app.inject({ url, headers: cookie === null ? {} : { cookie } });
  };

  it("stands in this test's table", () => {
    const found = pathsOf(app.printRoutes({ commonPrefix: false }));
    const named = found.map((route) => (route.startsWith("/trpc/:path ") ? "/trpc/:path" : route));
    expect(named.toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it("of a client asks for a session, answers NOT_FOUND to a stranger and names the role it needs", async () => {
    const [stranger, viewer] = [
      await aSession(db, app, mine.clientId, null),
      await aSession(db, app, mine.clientId, "viewer"),
    ];
    const answers = {
      nobody: [await post(null, mine.clientId), await get(null, mine)],
      stranger: [await post(stranger, mine.clientId), await get(stranger, mine)],
      viewer: [await post(viewer, mine.clientId), await get(viewer, mine)],
      neighbour: [await get(viewer, { clientId: mine.clientId, importId: theirs.importId })],
    };
    expect(answers.nobody.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    for (const answer of answers.stranger) {
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toEqual({ message: "This client was not found.", code: "not_found" });
    }
    expect(answers.viewer.map(({ statusCode }) => statusCode)).toEqual([403, 200]);
    expect(answers.viewer[0]!.json<{ message: string }>().message).toBe(
      "This needs the role operator; yours is viewer.",
    );
    expect(answers.neighbour[0]!.statusCode).toBe(404);
  });
});

/** Reads Fastify's tree of routes, where a path that continues another one hangs below it. */
function pathsOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent, path, methods] = /^([│ ]*)[├└]── (\S+)(?: (\(.+\)))?$/.exec(line) ?? [];
    if (indent === undefined || path === undefined) return [];
    above.splice(indent.length / 4, above.length, path);
    return methods === undefined ? [] : [`${above.join("")} ${methods}`];
  });
}
