/** The clients that are measured: ladder, rewards, missions, creators and videos, the same in every run, made by sets in SQL. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import type { RootDb } from "../../server/db/pools.ts";
import type { Size } from "../options.ts";
import { makeCreators, makeVideos } from "./creators.ts";
import { makeMissions } from "./missions.ts";

/** Makes the clients, each with its share of the creators; answers their ids, the first one first. */
export async function makeProgrammes(db: RootDb, size: Size, withVideos: boolean): Promise<string[]> {
  const share = Math.floor(size.creators / size.clients);
  const ids: string[] = [];
  for (let number = 1; number <= size.clients; number += 1) {
    ids.push(await makeProgramme(db, { number, creators: share, withVideos }));
  }
  await informPlanner(db);
  return ids;
}

export interface Programme {
  /** tells clients of one database apart */
  number: number;
  creators: number;
  withVideos: boolean;
}

/** Makes one client; the caller tells the planner (informPlanner). */
export async function makeProgramme(db: RootDb, { number, creators, withVideos }: Programme): Promise<string> {
  const owner = new pg.Client({ connectionString: db.url, options: "-c timezone=UTC -c jit=off" });
  await owner.connect();
  try {
    const client = await makeClient(owner, number);
    await makeMissions(owner, client);
    await makeCreators(owner, client, creators);
    if (withVideos) await makeVideos(owner, client);
    return client;
  } finally {
    await owner.end();
  }
}

/** Sales thresholds of tier_1 to tier_4. Creators' figures lie between them, so that a sync moves few. */
const LADDER = [0, 1_000, 5_000, 20_000];

async function makeClient(owner: pg.ClientBase, number: number): Promise<string> {
  const id = randomUUID();
  await owner.query(
    "insert into clients (id, name, subdomain, timezone, currency) values ($1, $2, $3, 'America/New_York', 'USD')",
    [id, `Bench ${number}`, `bench-${number}`],
  );
  await owner.query(
    `insert into tiers (client_id, tier_id, tier_order, tier_name, sales_threshold, checkpoint_exempt)
     select $1::uuid, 'tier_' || l.place, l.place, 'Tier ' || l.place, l.threshold, l.place = 1
     from unnest($2::numeric[]) with ordinality l (threshold, place)`,
    [id, LADDER],
  );
  return id;
}

/** After a first fill nobody else tells the planner how large the tables are. */
export async function informPlanner(db: RootDb): Promise<void> {
  for (const table of ["clients", "tiers", "missions", "users", "videos", "mission_progress", "eligibility_counts"]) {
    await db.owner.query(`vacuum (analyze) ${table}`);
  }
}
