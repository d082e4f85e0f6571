/** Use cases on memberships: who may do what in one client. Nobody's session ends with one: every request asks anew. */
import { record } from "../audit/record.ts";
import { type Actor, actorId } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { findOrCreateAdmin } from "./accounts.ts";
import type { MemberAddedDto, MemberAddInput, MemberDto, MemberRoleInput } from "./schema.ts";
import {
  countOwners,
  deleteMembership,
  findMember,
  insertMembership,
  listMembers,
  lockMemberships,
  type MemberRow,
  updateMembership,
} from "./sql.ts";

/** The members of a client, owners first. */
export async function getMembers(db: RootDb, actor: Actor, client: ClientId): Promise<MemberDto[]> {
  const members = await inClient(db, client, (tx) => listMembers(tx, client));
  return members.map((member) => forActor(actor, member));
}

/**
 * Makes somebody a member. An e-mail address without an account gets one, with a temporary password that is answered this
 * once. Refuses with `conflict` somebody who is a member already: a mistyped address must not change anybody's role.
 */
export function addMember(db: RootDb, actor: Actor, client: ClientId, input: MemberAddInput): Promise<MemberAddedDto> {
  return inClient(db, client, async (tx) => {
    const { role } = input;
    const admin = await findOrCreateAdmin(tx, input);
    await lockMemberships(tx, client);
    const before = await findMember(tx, client, admin.id);
    if (before !== null) throw memberAlready(forActor(actor, before));
    await insertMembership(tx, client, admin.id, role);
    const member = (await findMember(tx, client, admin.id))!;
    await record(tx, actor, client, { action: "member.added", subject: subjectOf(member), after: { role } });
    return { member: forActor(actor, member), temporaryPassword: admin.temporaryPassword };
  });
}

/** Gives a member another role. Refuses with `conflict` to take the last owner's. */
export function changeRole(db: RootDb, actor: Actor, client: ClientId, input: MemberRoleInput): Promise<MemberDto> {
  return inClient(db, client, async (tx) => {
    const { adminId, role } = input;
    await lockMemberships(tx, client);
    const before = await findMember(tx, client, adminId);
    if (before === null) throw notFound("This member");
    if (before.role === role) return forActor(actor, before);
    await refuseLastOwner(tx, client, before);
    await updateMembership(tx, client, adminId, role);
    await record(tx, actor, client, {
      action: "member.role_changed",
      subject: subjectOf(before),
      before: { role: before.role },
      after: { role },
    });
    return forActor(actor, { ...before, role });
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

function memberAlready({ name, role, isYou }: MemberDto): AppError {
  return new AppError(
    "conflict",
    `${isYou ? "You are" : `${name} is`} a member already, as ${role}. Change the role in the list.`,
    { field: "email" },
  );
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
