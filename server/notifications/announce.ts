/** Puts news into the outbox, in the transaction of what they tell: told if and only if it happened. */
import type { ClientId, RunId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { News, RunNews } from "./schema.ts";
import { findRunNews, insertEvent } from "./sql.ts";

/** Tells the client's channels that ask for this kind of news; what has been told under the same key is not told again. */
export async function announce(tx: Db, client: ClientId, news: News & { key: string; at: Date }): Promise<void> {
  await insertEvent(tx, client, news);
}

const TYPE_OF_STATUS: Readonly<Record<string, "failed" | "held" | "warnings" | undefined>> = {
  failed: "failed",
  held: "held",
  succeeded_with_warnings: "warnings",
};

/** Tells how a run ended, or that it is held, as far as anybody asks for it. */
export async function announceRunEnd(
  tx: Db,
  client: ClientId,
  run: RunId,
  state: { status: string; error: RunNews["error"] },
  now: Date,
): Promise<void> {
  const type = TYPE_OF_STATUS[state.status];
  if (type === undefined) return;
  const found = await findRunNews(tx, client, run);
  // A run may fail or be held more than once; each time is news.
  const key = `run:${run}:${type}:${now.toISOString()}`;
  if (found !== null) await announce(tx, client, { type, data: { ...found, error: state.error }, key, at: now });
}
