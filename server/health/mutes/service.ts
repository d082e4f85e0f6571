import { record } from "../../audit/record.ts";
import { type Actor, actorId } from "../../base/actor.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { checkOf } from "../checks.ts";
import type { MuteDto, MuteInput } from "./schema.ts";
import { deleteMute, listMutes, upsertMute } from "./sql.ts";

const LONGEST_DAYS = 366;

/** The mutes that hold at `now`, by check. */
export async function listStanding(tx: Db, client: ClientId, now: Date): Promise<ReadonlyMap<string, MuteDto>> {
  const mutes = await listMutes(tx, client, now);
  return new Map(mutes.map(({ code, ...mute }) => [code, mute]));
}

/** Mutes a check until a time that is yet to come, a year away at most (bad_request); it is made all the same. */
export function muteCheck(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { code, reason, until }: MuteInput,
  now: Date,
): Promise<MuteDto> {
  const check = checkOf(code);
  const days = (until.getTime() - now.getTime()) / 86_400_000;
  if (!(days > 0)) throw new AppError("bad_request", "A mute ends in the future.", { field: "until" });
  if (days > LONGEST_DAYS) throw new AppError("bad_request", "A mute ends within a year.", { field: "until" });
  const mute: MuteDto = { reason, until, byName: actor.name, at: now };
  return inClient(db, client, async (tx) => {
    await upsertMute(tx, client, { ...mute, code, byId: actorId(actor) });
    await record(tx, actor, client, {
      action: "health.muted",
      subject: { kind: "check", id: code, name: check.title },
      after: { reason, until: until.toISOString() },
    });
    return mute;
  });
}

/** Takes a mute back. Answers false, and writes nothing to the audit log, when the check was not muted. */
export function unmuteCheck(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  code: string,
  now: Date,
): Promise<{ wasMuted: boolean }> {
  const check = checkOf(code);
  return inClient(db, client, async (tx) => {
    const wasMuted = await deleteMute(tx, client, code, now);
    if (wasMuted) {
      await record(tx, actor, client, {
        action: "health.unmuted",
        subject: { kind: "check", id: code, name: check.title },
      });
    }
    return { wasMuted };
  });
}
