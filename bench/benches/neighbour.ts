import { randomUUID } from "node:crypto";
import pg from "pg";
import { migrate } from "../../server/db/migrate.ts";
import { openDatabase } from "../../server/db/pools.ts";
import type { Bench } from "../bench.ts";
import { informPlanner, makeProgramme } from "../data/programme.ts";
import { type KnownMissions, knownMissions } from "../data/known.ts";
import { byOwner, type Ground, groundOf } from "../ground.ts";
import { median, p95, timed } from "../measure.ts";
import { runStep, seeded } from "../pipeline.ts";
import { settleProgress } from "../postgres.ts";
import { type Result, result } from "../result.ts";

/** A small client, as most are. */
const SMALL = 1_000;
const FACTOR = 1.3;
const ADDED_MS = 2;
const ENOUGH_TURNS = 40;
const LONGEST_MS = 60_000;

interface Visitor extends Ground {
  clientId: string;
  missions: KnownMissions;
}

interface Visit {
  page: string;
  ms: number;
}

const VISITS: readonly { page: string; ask: (client: Visitor) => Promise<unknown> }[] = [
  {
    page: "preview",
    ask: ({ caller, clientId, missions }) => caller.eligibility.preview({ clientId, missionId: missions.forTier3 }),
  },
  {
    page: "list of already_seeded",
    ask: ({ caller, clientId, missions }) =>
      caller.eligibility.list({ clientId, missionId: missions.forAll, bucket: "already_seeded" }),
  },
  {
    page: "list of not_eligible",
    ask: ({ caller, clientId, missions }) =>
      caller.eligibility.list({ clientId, missionId: missions.forTier3, bucket: "not_eligible" }),
  },
  {
    page: "total of a search",
    ask: ({ caller, clientId, missions }) =>
      caller.eligibility.count({ clientId, missionId: missions.forAll, q: "amber" }),
  },
  { page: "creators searched", ask: ({ caller, clientId }) => caller.creators.list({ clientId, q: "amber" }) },
  { page: "missions", ask: ({ caller, clientId }) => caller.missions.list({ clientId }) },
  {
    page: "counts of missions",
    ask: ({ caller, clientId, missions }) => caller.missions.counts({ clientId, missionIds: missions.running }),
  },
];

export const neighbourBench: Bench = {
  name: "neighbour",
  about:
    "pages of a client of a thousand creators: alone in a database, and beside the large client while that one is browsed",
  isCheap: false,
  run: async (ground) => {
    await seeded(ground);
    return withSmallAlone(ground, async (alone) => {
      const beside = await smallOn(ground.db, ground);
      const visitors = {
        alone: await visitorOf(alone),
        beside: await visitorOf(beside),
        large: await visitorOf(ground),
      };
      const taken = { alone: [] as Visit[], beside: [] as Visit[] };
      const started = performance.now();
      for (let turn = 0; turn < Math.max(VISITS.length, ground.size.calls); turn += 1) {
        const { page, ask } = VISITS[turn % VISITS.length]!;
        const visit = async (client: Visitor) => ({ page, ms: (await timed(() => ask(client))).ms });
        taken.alone.push(await visit(visitors.alone));
        // Somebody waits for a page of the large client all the while.
        const large = ask(visitors.large);
        taken.beside.push(await visit(visitors.beside));
        await large;
        if (turn >= ENOUGH_TURNS && performance.now() - started > LONGEST_MS) break;
      }
      const [before, after] = [p95(taken.alone.map(({ ms }) => ms)), p95(taken.beside.map(({ ms }) => ms))];
      return [
        result("neighbour.alone_p95", before, "ms"),
        result("neighbour.beside_p95", after, "ms", FACTOR * before + ADDED_MS),
        ...VISITS.map(({ page }) => slowerBeside(page, taken)),
      ];
    });
  },
};

/** A second database on the same server, with nobody but the small client in it. */
async function withSmallAlone<T>(ground: Ground, work: (alone: Ground) => Promise<T>): Promise<T> {
  const name = `alone_${randomUUID().replaceAll("-", "")}`;
  await onServer(ground, `create database ${name}`);
  const url = new URL(ground.db.url);
  url.pathname = `/${name}`;
  await migrate(url.toString());
  const db = openDatabase({ url: url.toString(), applicationName: "muster bench alone" });
  try {
    return await work(await smallOn(db, ground));
  } finally {
    await db.close();
    await onServer(ground, `drop database ${name} with (force)`);
  }
}

async function onServer(ground: Ground, text: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ground.db.url });
  await owner.connect();
  try {
    await owner.query(text);
  } finally {
    await owner.end();
  }
}

/** The small client in a database, seeded. */
export async function smallOn(db: Ground["db"], { size, dir, serverEntry }: Ground): Promise<Ground> {
  const creators = Math.min(SMALL, size.creators);
  const { rows } = await byOwner({ db }, "select count(*)::int as clients from clients");
  const id = await makeProgramme(db, { number: rows[0].clients + 1, creators, withVideos: true });
  await informPlanner(db);
  const small = await groundOf(db, id, { size: { ...size, creators }, dir, serverEntry });
  await runStep(small, "seed");
  await settleProgress(small);
  return small;
}

/** Which page it is that waits, where the targets above are missed. */
function slowerBeside(page: string, { alone, beside }: Record<"alone" | "beside", readonly Visit[]>): Result {
  const typical = (visits: readonly Visit[]) =>
    median(visits.filter((visit) => visit.page === page).map(({ ms }) => ms));
  return result(`neighbour.slower ${page}`, typical(beside) / typical(alone), "x");
}

async function visitorOf(ground: Ground): Promise<Visitor> {
  return { ...ground, clientId: ground.client, missions: await knownMissions(ground) };
}
