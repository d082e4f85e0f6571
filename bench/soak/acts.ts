/** What admins do beside looking: missions set running and undone, files, downloads, runs followed, signing in and out. */
import { setTimeout as wait } from "node:timers/promises";
import superjson from "superjson";
import { signIn } from "../admins.ts";
import { csvStream, firstVideos } from "../data/daily-file.ts";
import { knownMissions } from "../data/known.ts";
import { asOwner, type Ground } from "../ground.ts";
import { readThrough, type Session } from "./session.ts";

type Act = (turn: number) => Promise<unknown>;

/** Of so many reads of a stream one is given up half-way. */
const GIVEN_UP = 5;
/** So many times one mission is set running and undone before a new one is made. */
const REUSED = 6;
/** Sets running a mission whose target nobody reaches: its rows can all be taken back. */
const OUT_OF_REACH = "1000000000";

/** Steps of a mission's day, one at each turn; a step that was refused as busy is tried again at the next. */
export function missionDay(session: Session, rewardId: string): Act {
  const { call, clientId } = session;
  let mission: { id: string; title: string } | null = null;
  let seedId: string | null = null;
  let [step, day] = [0, 0];
  const steps: (() => Promise<unknown>)[] = [
    async () => {
      if (mission !== null && day % REUSED !== 0) return call.missions.get.query({ clientId, missionId: mission.id });
      const title = `Soak ${day}`;
      const tierEligibility = day % (2 * REUSED) === 0 ? "tier_1" : "tier_3";
      const values = { missionType: "sales_dollars", targetValue: OUT_OF_REACH, displayOrder: 1_000 + day } as const;
      const { id } = await call.missions.create.mutate({ clientId, title, rewardId, tierEligibility, ...values });
      mission = { id, title };
    },
    () => call.eligibility.preview.query({ clientId, missionId: mission!.id, whatIf: { enabled: true } }),
    async () => {
      const { id: missionId, title: confirmation } = mission!;
      const done = await call.missions.activate.mutate({ clientId, missionId, confirmation });
      if (done.kind === "queued") seedId = await seedOfJob(session, done.jobId);
      else if (done.kind === "activated" && done.seedId !== null) seedId = done.seedId;
      else throw new Error(`Activating created no rows: ${done.kind}`);
    },
    () => call.seeding.rows.query({ clientId, seedId: seedId! }),
    () => call.seeding.undo.mutate({ clientId, seedId: seedId!, dryRun: true }),
    () => call.seeding.undo.mutate({ clientId, seedId: seedId!, disableMissions: [mission!.id] }),
  ];
  return async () => {
    await steps[step]!();
    step = (step + 1) % steps.length;
    if (step === 0) day += 1;
  };
}

/** An activation of very many rows is a job: looks at its page until it has ended, and answers the seeding that it made. */
async function seedOfJob({ call, clientId }: Session, jobId: string): Promise<string> {
  for (;;) {
    const { status, seed, failure } = await call.seeding.job.query({ clientId, jobId });
    if (seed !== null) return seed.id;
    if (status !== "queued" && status !== "running")
      throw new Error(`Activating created no rows: ${failure?.message ?? status}`);
    await wait(LOOK_MS);
  }
}
/** As often as the console looks at a job. */
const LOOK_MS = 1_000;

/** Acts of a mission's day, from making it to undoing it. */
export const STEPS_OF_A_DAY = 6;

/** Takes in a small file, looks at what it would do, and gives it up again. */
export function smallFile(ground: Ground, { call, clientId, send }: Session): Act {
  return async (turn) => {
    const body = new FormData();
    body.set("file", await fewRows(ground, turn), `soak-${turn}.csv`);
    const answer = await send(`/api/clients/${clientId}/imports`, { method: "POST", body });
    const { importId } = (await answer.json()) as { importId: string };
    await call.imports.check.query({ clientId, importId });
    await call.imports.rows.query({ clientId, importId, verdict: "updated" });
    await call.imports.discard.mutate({ clientId, importId });
  };
}

/** New figures for some creators' first videos. */
function fewRows(ground: Ground, turn: number): Promise<Blob> {
  return asOwner(ground, async (owner) => {
    const { text } = firstVideos(ground.client, turn + 1, 10);
    let content = "";
    for await (const chunk of csvStream(owner, { text: `${text} limit ${FEW}` })) content += String(chunk);
    return new Blob([content], { type: "text/csv" });
  });
}
const FEW = 200;

/** Downloads, each to its end but for some that are given up. */
export async function downloads(ground: Ground, { clientId, send }: Session): Promise<Act> {
  const { forAll, forTier3, draft } = await knownMissions(ground);
  const whatIf = encodeURIComponent(JSON.stringify({ enabled: true }));
  const lists = [
    `eligibility.csv?missionId=${forAll}`,
    "creators.csv",
    `progress.csv?missionId=${forTier3}`,
    "audit.csv",
    `eligibility.csv?missionId=${draft}&whatIf=${whatIf}`,
    "redemptions.csv",
    "missions.csv",
    "seedings.csv",
    "runs.csv",
  ];
  return async (turn) => {
    const answer = await send(`/api/clients/${clientId}/exports/${lists[turn % lists.length]!}`);
    await readThrough(answer, turn % GIVEN_UP === GIVEN_UP - 1 ? 1 : null);
  };
}

/** Follows the newest run, live while it is under way, from its first event to its end; sometimes the page is closed before. */
export function followedRun({ call, clientId, send }: Session): Act {
  return async (turn) => {
    const [run] = (await call.sync.list.query({ clientId, limit: 1 })).rows;
    if (run === undefined) return;
    const input = encodeURIComponent(JSON.stringify(superjson.serialize({ clientId, runId: run.id })));
    const answer = await send(`/trpc/sync.progress?input=${input}`, { headers: { accept: "text/event-stream" } });
    await readThrough(answer, turn % GIVEN_UP === GIVEN_UP - 1 ? 1 : null);
  };
}

/** Signs in once more, looks who that is, and signs out. */
export function visitor({ account, address, send }: Session): Act {
  return async (turn) => {
    const cookie = await signIn(address, account, 100 + (turn % 100));
    await readThrough(await send("/trpc/session.me", { headers: { cookie } }));
    await readThrough(
      await send("/api/auth/sign-out", {
        method: "POST",
        headers: { cookie, "content-type": "application/json" },
        body: "{}",
      }),
    );
  };
}
