/** A small programme and three nights of it, in which every step has something to do. The clock lies in the past and is fixed. */
import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Actor } from "../../base/actor.ts";
import { sql } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { storeImport } from "../../imports/store.ts";
import { startSync } from "../../sync/service.ts";
import { aClient, aCreator, aMission, asOwner, aVideo } from "../builders.ts";

export const NIGHTS: readonly Date[] = ["2025-03-10", "2025-03-11", "2025-03-12"].map(
  (day) => new Date(`${day}T08:00:00Z`),
);

const CREATORS = 40;
const VIDEOS = 5;
const HEADER = "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title";
const someone: Actor = { kind: "cli", name: "command line (chaos)" };

export interface Chaos {
  client: ClientId;
  /** the client's folder below the inbox */
  subdomain: string;
}

/** Ladder, missions of every kind, and creators of whom some are to be judged in these nights. */
export async function aChaoticProgramme(db: RootDb): Promise<Chaos> {
  const client = await aClient(db, { timezone: "America/New_York" });
  for (const [missionType, targetValue] of [
    ["sales_dollars", 600],
    ["sales_units", 40],
    ["videos", 4],
    ["views", 3000],
    ["likes", 250],
  ] as const) {
    await aMission(db, client, { missionType, targetValue });
  }
  await aMission(db, client, { tierEligibility: "tier_2", targetValue: 500 });
  await aMission(db, client, { targetValue: 300, activated: false });
  await aMission(db, client, { missionType: "raffle", raffleEndDate: "2030-01-31" });
  for (let creator = 0; creator < 10; creator += 1) {
    const nextCheckpointAt = new Date(NIGHTS[creator % 3]!.getTime() - 3_600_000);
    const tierAchievedAt = new Date("2024-11-10T05:00:00Z");
    const handle = `judged_${creator}`;
    const user = await aCreator(db, client, { handle, tier: "tier_3", tierAchievedAt, nextCheckpointAt });
    await aVideo(db, client, user, { key: `8${creator}`, postDate: "2025-01-05", gmv: creator * 500, units: 3 });
  }
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ subdomain: string }>(sql`select subdomain from clients where id = ${client}::uuid`),
  );
  return { client, subdomain: row!.subdomain };
}

/** Brings a night's file and what people did that day, and starts its run. The second night takes its file from the inbox. */
export async function startNight(
  db: RootDb,
  { client, subdomain }: Chaos,
  night: number,
  inbox: string,
): Promise<RunId> {
  const now = NIGHTS[night]!;
  await people(db, client, night);
  let importId: string | undefined;
  if (night === 1) {
    mkdirSync(join(inbox, subdomain), { recursive: true });
    const path = join(inbox, subdomain, "export.csv");
    writeFileSync(path, fileOf(night));
    const settled = new Date(now.getTime() - 600_000);
    utimesSync(path, settled, settled);
  } else {
    const file = { name: `night ${night}.csv`, source: "upload" as const, stream: Readable.from([fileOf(night)]) };
    ({ importId } = await storeImport(db, someone, client, file, { now, limitBytes: 10_000_000 }));
  }
  const started = await startSync(db, someone, client, { importId, inbox: night === 1, now });
  if (started.kind !== "started") throw new Error("the client is busy before the night begins");
  return started.runId as RunId;
}

/** Adjustments to be applied, and before the last night the announced mission is switched on. */
function people(db: RootDb, client: ClientId, night: number): Promise<void> {
  return asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into sales_adjustments (client_id, user_id, amount, adjustment_type, reason, adjusted_by, created_at)
      select client_id, id, ${100 * (night + 1)}::numeric, 'bonus', ${`Night ${night}`}, 'Ada', ${NIGHTS[night]!}::timestamptz
      from users where client_id = ${client}::uuid and tiktok_handle like 'judged%'`);
    if (night === 2) {
      await owner.execute(
        sql`update missions set activated = true where client_id = ${client}::uuid and not activated`,
      );
    }
  });
}

/** Counters grow from night to night; each file has new creators, a video twice, one that changed hands and one that is rejected. */
function fileOf(night: number): string {
  const lines: string[] = [];
  for (let creator = 0; creator < CREATORS + 5 * night; creator += 1) {
    for (let video = 0; video < VIDEOS; video += 1) {
      const key = creator * 100 + video;
      const grown = (night + 1) * (1 + (key % 7));
      const day = `2025-03-0${1 + (key % 9)}`;
      lines.push(
        `@Creator_${creator},https://www.tiktok.com/@c/video/${key},${grown * 110},${grown * 9},${grown},${grown * 37}.25,1.5,${grown * 3},${day},Video ${key}`,
      );
    }
  }
  lines.push(lines[3]!, `Creator_2,0,1,1,1,1,1,1,2025-03-01,Not theirs`, `Creator_3,99,1.2K,1,1,1,1,1,2025-03-01,Bad`);
  return `${[HEADER, ...lines].join("\r\n")}\r\n`;
}
