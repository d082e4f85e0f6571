import { describe, expect, it } from "vitest";
import { sql } from "../../db/db.ts";
import { aCreator, aMission, aReward, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { auditOf } from "../../testing/runs.ts";
import { aLargeClient, jobNow as now, rowsIn } from "../../testing/seed-jobs.ts";
import { DIRECT_PAIRS } from "./schema.ts";

const db = testDatabase();

describe("the bound", () => {
  it("is 200,000 pairs", () => {
    expect(DIRECT_PAIRS).toBe(200_000);
  });

  it("is what the preview counts: as many are answered at once, one more is a job and nothing is written yet", async () => {
    const { client, mission, asked, caller } = await aLargeClient(db);
    const { counts } = await caller.eligibility.preview({ ...asked, missionId: mission });
    expect(counts.willCreate).toBe(3);
    const answer = await caller.seeding.run(asked);
    expect(answer).toEqual({
      seedId: null,
      created: 0,
      alreadySeeded: 0,
      notEligible: 0,
      unknown: 0,
      jobId: expect.any(String) as string,
    });
    expect(await rowsIn(db, client)).toBe(0);
    expect(await auditOf(db, client)).toEqual(["seeding.queued"]);

    const other = await aLargeClient(db);
    const patient = await callerAs(db, "operator", other.client, { now, directPairs: 3 });
    const direct = await patient.seeding.run({ clientId: other.client });
    expect(direct).toMatchObject({ created: 3 });
    expect(direct).not.toHaveProperty("jobId");
    expect(await patient.seeding.latestJob({ clientId: other.client })).toBeNull();
  });

  it("counts what is left to create, not what is there", async () => {
    const { client, asked, caller } = await aLargeClient(db);
    await (await callerAs(db, "owner", client)).seeding.run(asked);
    expect(await caller.seeding.run(asked)).toMatchObject({ created: 0, alreadySeeded: 3 });
    expect(await caller.seeding.latestJob(asked)).toBeNull();
  });
});

describe("a job", () => {
  it("ends with the numbers that a direct seeding has, mission by mission, in the name of who asked", async () => {
    const { client, mission, asked, caller, work } = await aLargeClient(db);
    const second = await aMission(db, client, { tierEligibility: "tier_2" });
    await aCreator(db, client, { tier: "tier_2" });
    const { jobId } = await caller.seeding.run(asked);
    expect(await caller.seeding.latestJob(asked)).toMatchObject({
      id: jobId,
      status: "queued",
      kind: "run",
      name: "all missions",
      pairs: 5,
      startedAt: null,
      outcome: null,
      seed: null,
      failure: null,
      waitsForRun: null,
    });

    expect(await work(jobId!)).toBe("succeeded");
    const job = await caller.seeding.job({ ...asked, jobId: jobId! });
    expect(job).toMatchObject({ status: "succeeded", attempts: 1, startedAt: now, endedAt: now });
    expect(job.outcome).toEqual({
      created: 5,
      alreadySeeded: 0,
      notEligible: 3,
      unknown: 0,
      woken: null,
      replaced: null,
    });
    expect(job.seed).toMatchObject({ source: "console", byName: job.byName, created: 5 });
    const perMission = new Map(job.seed!.perMission.map((one) => [one.missionId, one.created]));
    expect(perMission).toEqual(
      new Map([
        [mission, 4],
        [second, 1],
      ]),
    );
    expect(await rowsIn(db, client)).toBe(5);
    expect(await auditOf(db, client)).toEqual(["seeding.queued", "missions.seeded"]);
    // Its seeding is one like any other.
    const { rows } = await caller.seeding.list({ ...asked, limit: 10 });
    expect(rows.map(({ id }) => id)).toEqual([job.seed!.id]);
    expect(await caller.seeding.undo({ ...asked, seedId: job.seed!.id })).toMatchObject({ kind: "undone", removed: 5 });
    // Done again by a process that did not hear of it, it does nothing.
    expect(await work(jobId!)).toBe("not_queued");
  });

  it("of two clicks at once is one, and both are told of it", async () => {
    const { client, asked, caller, work } = await aLargeClient(db);
    const answers = await Promise.all(Array.from({ length: 4 }, () => caller.seeding.run(asked)));
    const ids = new Set(answers.map(({ jobId }) => jobId));
    expect(ids.size).toBe(1);
    expect(await auditOf(db, client)).toEqual(["seeding.queued"]);
    const [jobId] = ids;
    expect(await Promise.all([work(jobId!), work(jobId!)])).toEqual(
      expect.arrayContaining(["succeeded", "not_queued"]),
    );
    expect(await rowsIn(db, client)).toBe(3);
  });

  it("has the client: another seeding, small or large, is refused with a sentence until it has ended", async () => {
    const { client, mission, asked, caller, work } = await aLargeClient(db);
    const { jobId } = await caller.seeding.run(asked);
    const refused = {
      code: "CONFLICT",
      message: expect.stringMatching(/is seeding all missions \(3 rows\)/) as string,
    };
    const { planId } = await caller.eligibility.preview({ ...asked, missionId: mission });
    await expect(caller.seeding.run({ ...asked, missionIds: [mission] })).rejects.toMatchObject(refused);
    await expect(caller.seeding.applyPlan({ ...asked, planId: planId! })).rejects.toMatchObject(refused);
    await work(jobId!);
    expect(await caller.seeding.run({ ...asked, missionIds: [mission] })).toMatchObject({ created: 0 });
    expect(await rowsIn(db, client)).toBe(3);
  });

  it("lets a second click on what was done before be a success, for it creates nothing", async () => {
    const { client, mission, asked, caller } = await aLargeClient(db);
    const patient = await callerAs(db, "owner", client, { now });
    const { planId } = await caller.eligibility.preview({ ...asked, missionId: mission });
    const applied = { ...asked, planId: planId! };
    expect(await patient.seeding.applyPlan(applied)).toMatchObject({ kind: "seeded", created: 3 });
    const second = await aMission(db, client);
    const { jobId } = await caller.seeding.run(asked);
    expect(jobId).toEqual(expect.any(String));

    const activated = { ...asked, missionId: mission };
    expect(await caller.seeding.applyPlan(applied)).toMatchObject({ kind: "seeded", created: 0 });
    expect(await caller.missions.activate({ ...activated, planId: planId! })).toMatchObject({ created: 0 });
    expect(await caller.missions.activate(activated)).toMatchObject({ kind: "activated", created: 0 });
    expect(await caller.seeding.run({ ...asked, missionIds: [mission] })).toMatchObject({
      created: 0,
      alreadySeeded: 3,
    });
    // What would create rows is still refused, or is that job.
    const refused = { code: "CONFLICT" };
    await expect(caller.missions.activate({ ...activated, replaceOver: true })).rejects.toMatchObject(refused);
    await expect(caller.missions.activate({ ...asked, missionId: second })).rejects.toMatchObject(refused);
    await expect(caller.seeding.run({ ...asked, missionIds: [second] })).rejects.toMatchObject(refused);
    expect(await caller.seeding.run(asked)).toMatchObject({ jobId });
  });
});

describe("a plan", () => {
  it("is run as it was previewed, also when it would have expired in the queue", async () => {
    const { mission, asked, caller, work } = await aLargeClient(db);
    const { planId, counts } = await caller.eligibility.preview({ ...asked, missionId: mission });
    const answer = await caller.seeding.applyPlan({ ...asked, planId: planId! });
    if (answer.kind !== "queued") throw new Error("expected a job");
    expect(answer.pairs).toBe(counts.willCreate);
    const later = new Date(now.getTime() + 30 * 86_400_000);
    expect(await work(answer.jobId, { now: () => later })).toBe("succeeded");
    const job = await caller.seeding.job({ ...asked, jobId: answer.jobId });
    expect(job).toMatchObject({ kind: "plan", planId, outcome: { created: 3 } });
    expect(await caller.seeding.applyPlan({ ...asked, planId: planId! })).toMatchObject({
      kind: "seeded",
      created: 0,
      seedId: job.seed!.id,
    });
  });

  it("that became stale in the queue is not run: the job fails with a sentence, and only a new preview helps", async () => {
    const { client, mission, asked, caller, work } = await aLargeClient(db);
    const { planId } = await caller.eligibility.preview({ ...asked, missionId: mission });
    const answer = await caller.seeding.applyPlan({ ...asked, planId: planId! });
    if (answer.kind !== "queued") throw new Error("expected a job");
    await aCreator(db, client);
    expect(await work(answer.jobId)).toBe("failed");
    const { status, failure } = await caller.seeding.job({ ...asked, jobId: answer.jobId });
    expect(status).toBe("failed");
    expect(failure).toMatchObject({ code: "stale", noRetry: expect.any(String) as string });
    expect(await rowsIn(db, client)).toBe(0);
    expect(await auditOf(db, client)).toEqual(["seeding.queued", "seeding.failed"]);
    await expect(caller.seeding.retryJob({ ...asked, jobId: answer.jobId })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });

  it("that is stale already is answered at once", async () => {
    const { client, mission, asked, caller } = await aLargeClient(db);
    const { planId } = await caller.eligibility.preview({ ...asked, missionId: mission });
    await aCreator(db, client);
    expect(await caller.seeding.applyPlan({ ...asked, planId: planId! })).toMatchObject({ kind: "stale" });
    expect(await caller.seeding.latestJob(asked)).toBeNull();
  });
});

describe("an activation", () => {
  it("is one job as a whole: the mission is switched when its rows are created", async () => {
    const { client, asked, caller, work, mission } = await aLargeClient(db, { enabled: false, activated: false });
    const input = {
      ...asked,
      missionId: mission,
      seed: true,
      confirmation: (await caller.missions.get({ ...asked, missionId: mission })).name,
    };
    const answer = await caller.missions.activate(input);
    if (answer.kind !== "queued") throw new Error("expected a job");
    expect(await caller.missions.activate(input)).toEqual(answer);
    expect(await caller.missions.get({ ...asked, missionId: mission })).toMatchObject({
      enabled: false,
      activated: false,
    });
    // Without rows it is no matter of the job.
    expect(await work(answer.jobId)).toBe("succeeded");
    expect(await caller.missions.get({ ...asked, missionId: mission })).toMatchObject({
      enabled: true,
      activated: true,
    });
    const job = await caller.seeding.job({ ...asked, jobId: answer.jobId });
    expect(job).toMatchObject({
      kind: "activation",
      missionId: mission,
      outcome: { created: 3, woken: 0, replaced: 0 },
    });
    expect(job.seed).toMatchObject({ source: "activation", created: 3 });
    expect(await auditOf(db, client)).toEqual(["seeding.queued", "mission.activated", "missions.seeded"]);
  });

  it("that is refused when its turn comes fails with that sentence, and is tried again by owners only", async () => {
    const { client, asked, caller, work, mission } = await aLargeClient(db, { enabled: true, activated: false });
    const name = (await caller.missions.get({ ...asked, missionId: mission })).name;
    const answer = await caller.missions.activate({ ...asked, missionId: mission, seed: true, confirmation: name });
    if (answer.kind !== "queued") throw new Error("expected a job");
    await asOwner(db, (owner) =>
      owner.execute(sql`update missions set reward_id = null where client_id = ${client}::uuid`),
    );
    expect(await work(answer.jobId)).toBe("failed");
    const again = { ...asked, jobId: answer.jobId };
    const { failure } = await caller.seeding.job(again);
    expect(failure).toMatchObject({
      code: "conflict",
      message: `${name} has no reward yet. Choose one, then activate it.`,
    });
    expect(await rowsIn(db, client)).toBe(0);

    const reward = await aReward(db, client);
    await asOwner(db, (owner) =>
      owner.execute(sql`update missions set reward_id = ${reward}::uuid where client_id = ${client}::uuid`),
    );
    const operator = await callerAs(db, "operator", client, { now });
    await expect(operator.seeding.retryJob(again)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const retried = await caller.seeding.retryJob(again);
    expect(retried.jobId).not.toBe(answer.jobId);
    expect(await work(retried.jobId)).toBe("succeeded");
    expect(await rowsIn(db, client)).toBe(3);
    await expect(caller.seeding.retryJob({ ...asked, jobId: retried.jobId })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

it("a job of another client is no job", async () => {
  const { client, asked, caller } = await aLargeClient(db);
  const { jobId } = await caller.seeding.run(asked);
  const stranger = await aLargeClient(db);
  const theirs = { ...stranger.asked, jobId: jobId! };
  for (const call of ["job", "cancelJob", "retryJob"] as const) {
    await expect(stranger.caller.seeding[call](theirs)).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await stranger.caller.seeding.latestJob(stranger.asked)).toBeNull();
  expect(await stranger.work(jobId!)).toBe("not_queued");
  expect(await caller.seeding.job({ ...asked, jobId: jobId! })).toMatchObject({ status: "queued" });
  expect(await auditOf(db, client)).toEqual(["seeding.queued"]);
});
