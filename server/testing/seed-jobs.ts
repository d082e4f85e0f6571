/** Large seedings for tests: a bound so low that a handful of pairs is large. */
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { withOwner } from "../db/tx.ts";
import { type JobDeps, workOnJob } from "../seeding/jobs/work.ts";
import { aClient, aCreator, aMission, asOwner, type MissionOptions } from "./builders.ts";
import { callerAs } from "./caller.ts";
import { othersWait } from "./waiting.ts";

export const jobNow = new Date("2026-11-26T12:00:00Z");
export const jobDeps: JobDeps = { now: () => jobNow, log: createLog({ level: "silent" }) };

/** A client whose one mission is for all of its three creators: one pair more than a request creates itself. */
export async function aLargeClient(db: RootDb, options: MissionOptions = {}) {
  const client = await aClient(db);
  const mission = await aMission(db, client, options);
  const users: UserId[] = [];
  for (let index = 0; index < 3; index += 1) users.push(await aCreator(db, client));
  const caller = await callerAs(db, "owner", client, { now: jobNow, directPairs: 2 });
  const work = (jobId: string, more: Partial<JobDeps> = {}) => workOnJob(db, { ...jobDeps, ...more }, client, jobId);
  return { client, mission, users: users.toSorted(), caller, asked: { clientId: client }, work };
}

/** Has what is started stop before the last of three rows, with two of them written; answers once `then` has, and lets go. */
export function whileHalfWritten<S, T>(
  db: RootDb,
  { client, mission, users }: { client: ClientId; mission: MissionId; users: readonly UserId[] },
  start: () => S,
  then: (started: S) => Promise<T>,
): Promise<T> {
  return withOwner(db, (other) =>
    withOwner(db, async (watcher) => {
      await other.query("begin");
      const last = [client, users.at(-1), mission];
      await other.query(
        "insert into mission_progress (client_id, user_id, mission_id, status) values ($1, $2, $3, 'active')",
        last,
      );
      const started = start();
      await othersWait(watcher);
      const answer = await then(started);
      await other.query("rollback");
      return answer;
    }),
  );
}

export async function rowsIn(db: RootDb, client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ rows: number }>(
      sql`select count(*)::int as rows from mission_progress where client_id = ${client}::uuid`,
    ),
  );
  return row!.rows;
}
