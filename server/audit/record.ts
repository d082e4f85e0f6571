import { type Actor, actorId } from "../base/actor.ts";
import type { ClientId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";

/** What was done to what: `action` is subject.verb in the past ("mission.activated"); `before` and `after` hold what differs. */
export interface AuditEntry {
  action: string;
  subject?: { kind: string; id: string; name?: string | undefined } | undefined;
  before?: Record<string, unknown> | undefined;
  after?: Record<string, unknown> | undefined;
  counts?: Record<string, number> | undefined;
}

/** Writes one audit entry in the transaction of the change itself (domain reference, section 11). */
export async function record(db: Db, actor: Actor, client: ClientId, entry: AuditEntry): Promise<void> {
  const { subject } = entry;
  await db.execute(sql`
    insert into audit_log (client_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, subject_name, before, after, counts)
    values (${client}::uuid, ${actor.kind}, ${actorId(actor)}, ${actor.name}, ${entry.action},
      ${subject?.kind ?? null}, ${subject?.id ?? null}, ${subject?.name ?? null},
      ${asJson(entry.before)}::jsonb, ${asJson(entry.after)}::jsonb, ${asJson(entry.counts)}::jsonb)`);
}

function asJson(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
