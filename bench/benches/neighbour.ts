import { randomUUID } from "node:crypto";
import pg from "pg";
import { migrate } from "../../server/db/migrate.ts";
import { openDatabase } from "../../server/db/pools.ts";
import type { Bench } from "../bench.ts";
import { informPlanner, makeProgramme } from "../data/programme.ts";
import { knownMissions } from "../data/known.ts";
import { byOwner, type Ground, groundOf } from "../ground.ts";
import { p95, timed } from "../measure.ts";
import { runStep, seeded } from "../pipeline.ts";
import { settleProgress } from "../postgres.ts";
import { result } from "../result.ts";

/** A small client, as most are. */
const SMALL = 1_000;
const FACTOR = 1.3;
const ADDED_MS = 2;
const ENOUGH_TURNS = 40;
const LONGEST_MS = 60_000;

export const neighbourBench: Bench = {
  name: "neighbour",
  about:
    "pages of a client of a thousand creators: alone in a database, and beside the large client while that one is browsed",
  isCheap: false,
  run: async (ground) => {
    await seeded(ground);
    return withSmallAlone(ground, async (alone) => {
      const beside = await smallOn(ground.db, ground);
      const visits = { alone: await visitsOf(alone), beside: await visitsOf(beside), large: await visitsOf(ground) };
      const taken = { alone: [] as number[], beside: [] as number[] };
      const started = performance.now();
      for (let turn = 0; turn < Math.max(3, ground.size.calls); turn += 1) {
        taken.alone.push((await timed(visits.alone[turn % visits.alone.length]!)).ms);
        // Somebody waits for a page of the large client all the while.
        const large = visits.large[turn % visits.large.length]!();
        taken.beside.push((await timed(visits.beside[turn % visits.beside.length]!)).ms);
        await large;
        if (turn >= ENOUGH_TURNS && performance.now() - started > LONGEST_MS) break;
      }
      const [before, after] = [p95(taken.alone), p95(taken.beside)];
      return [
        result("neighbour.alone_p95", before, "ms"),
        result("neighbour.beside_p95", after, "ms", FACTOR * before + ADDED_MS),
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

async function visitsOf({ caller, client: clientId, ...ground }: Ground): Promise<(() => Promise<unknown>)[]> {
  const missions = await knownMissions({ caller, client: clientId, ...ground });
  return [
    () => caller.eligibility.preview({ clientId, missionId: missions.forTier3 }),
    () => caller.eligibility.list({ clientId, missionId: missions.forAll, bucket: "already_seeded" }),
    () => caller.eligibility.list({ clientId, missionId: missions.forTier3, bucket: "not_eligible" }),
    () => caller.eligibility.count({ clientId, missionId: missions.forAll, q: "amber" }),
    () => caller.creators.list({ clientId, q: "amber" }),
    () => caller.missions.list({ clientId }),
    () => caller.missions.counts({ clientId, missionIds: missions.running }),
  ];
}
