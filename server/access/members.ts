/** Use cases on memberships: who may do what in one client. Nobody's session ends with one: every request asks anew. */
import { record } from "../audit/record.ts";
import { type Actor, actorId } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { AdminId, ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { findOrCreateAdmin } from "./accounts.ts";
import type { MemberAddedDto, MemberAddInput, MemberDto, Role } from "./schema.ts";
import {
  countOwners,
  deleteMembership,
  findMember,
  listMembers,
  lockMemberships,
  type MemberRow,
  upsertMembership,
} from "./sql.ts";

/** The members of a client, owners first. */
export async function getMembers(db: RootDb, actor: Actor, client: ClientId): Promise<MemberDto[]> {
  const members = await inClient(db, client, (tx) => listMembers(tx, client));
  return members.map((member) => forActor(actor, member));
}

/**
 * Makes somebody a member, or gives a member another role. An e-mail address without an account gets one, with a
 * temporary password that is answered this once. Refuses with `conflict` to take the last owner's role.
 */
export function addMember(db: RootDb, actor: Actor, client: ClientId, input: MemberAddInput): Promise<MemberAddedDto> {
  return inClient(db, client, async (tx) => {
    const admin = await findOrCreateAdmin(tx, input);
    const member = await setRole(tx, actor, client, admin.id, input.role);
    return { member: forActor(actor, member), temporaryPassword: admin.temporaryPassword };
  });
}

/** Ends a membership; the admin keeps the account and other memberships. Refuses with `conflict` to remove the last owner. */
export function removeMember(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  adminId: string,
): Promise<{ adminId: string; name: string }> {
  return inClient(db, client, async (tx) => {
    await lockMemberships(tx, client);
    const member = await findMember(tx, client, adminId);
    if (member === null) throw notFound("This member");
    await refuseLastOwner(tx, client, member);
    await deleteMembership(tx, client, adminId);
    await record(tx, actor, client, {
      action: "member.removed",
      subject: subjectOf(member),
      before: { role: member.role },
    });
    return { adminId: member.adminId, name: member.name };
  });
}

async function setRole(tx: Db, actor: Actor, client: ClientId, admin: AdminId, role: Role): Promise<MemberRow> {
  await lockMemberships(tx, client);
  const before = await findMember(tx, client, admin);
  if (before?.role === role) return before;
  if (before !== null) await refuseLastOwner(tx, client, before);
  await upsertMembership(tx, client, admin, role);
  const after = (await findMember(tx, client, admin))!;
  await record(tx, actor, client, {
    action: before === null ? "member.added" : "member.role_changed",
    subject: subjectOf(after),
    before: before === null ? undefined : { role: before.role },
    after: { role },
  });
  return after;
}

async function refuseLastOwner(tx: Db, client: ClientId, member: MemberRow): Promise<void> {
  if (member.role !== "owner" || (await countOwners(tx, client)) > 1) return;
  throw new AppError(
    "conflict",
    `${member.name} is the last owner. Make somebody else an owner first, so that the client is not left without one.`,
  );
}

function subjectOf(member: MemberRow) {
  return { kind: "admin", id: member.adminId, name: member.email };
}

function forActor(actor: Actor, member: MemberRow): MemberDto {
  return { ...member, isYou: member.adminId === actorId(actor) };
}
