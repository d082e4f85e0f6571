import type { Actor } from "../base/actor.ts";
import type { Log } from "../base/log.ts";
import type { RootDb } from "../db/pools.ts";
import type { Telling } from "../notifications/telling.ts";
import type { SourceDeps } from "../imports/sources/fetching.ts";

/** What every procedure gets. `now` is asked once per use, so that a test can hold the clock. */
export interface Context {
  db: RootDb;
  actor: Actor | null;
  now: () => Date;
  log: Log;
  /** folder that holds one inbox per client, by subdomain */
  inboxDir: string;
  /** the largest file that is taken */
  uploadLimitBytes: number;
  telling: Telling;
  /** for clients whose file is fetched from an address */
  sources?: SourceDeps | undefined;
  /** so many pairs a seeding creates while its caller waits, 200,000 unless said otherwise; more become a job */
  directPairs?: number | undefined;
  requestId: string;
  /** still true? asked again by long-lived subscriptions */
  isSessionAlive: () => Promise<boolean>;
}
