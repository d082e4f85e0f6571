/** Queries on clients, admins and memberships: tables without a client policy, read here only, by admin. */
import type { ClientSettings } from "../base/client-settings.ts";
import type { AdminId, ClientId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import type { ClientCreateInput, ClientDto, FreshnessDto, MemberDto, Role } from "./schema.ts";

export async function findRole(db: Db, admin: AdminId, clientId: string): Promise<Role | null> {
  const [row] = await db.query<{ role: Role }>(
    sql`select role from memberships where client_id = ${clientId}::uuid and admin_id = ${admin}::uuid`,
  );
  return row?.role ?? null;
}

export async function clientExists(db: Db, clientId: string): Promise<boolean> {
  const rows = await db.query(sql`select 1 as found from clients where id = ${clientId}::uuid`);
  return rows.length > 0;
}

/** The client's settings, or null; works inside and outside of the client's own transaction. */
export async function findSettings(db: Db, client: ClientId): Promise<ClientSettings | null> {
  const [row] = await db.query<ClientSettings>(sql`
    select id, name, subdomain, timezone, currency, vip_metric as "vipMetric",
      tier_calculation_mode as "tierCalculationMode", checkpoint_months as "checkpointMonths"
    from clients where id = ${client}::uuid`);
  return row ?? null;
}

const clientColumns = sql`
  c.id, c.name, c.subdomain, c.primary_color as "primaryColor", c.logo_url as "logoUrl", c.timezone, c.currency,
  c.vip_metric as "vipMetric", c.tier_calculation_mode as "tierCalculationMode", c.checkpoint_months as "checkpointMonths"`;

/** The clients that an admin is a member of, by name, each with the admin's role. */
export function listClientsOf(db: Db, admin: AdminId): Promise<ClientDto[]> {
  return db.query<ClientDto>(sql`
    select ${clientColumns}, m.role
    from memberships m join clients c on c.id = m.client_id
    where m.admin_id = ${admin}::uuid
    order by c.name, c.id`);
}

/** All clients of the installation, for the command line, which owns it. */
export function listAllClients(db: Db): Promise<ClientDto[]> {
  return db.query<ClientDto>(sql`select ${clientColumns}, 'owner' as role from clients c order by c.name, c.id`);
}

/** One client with the role that the caller was authorised with, or null. */
export async function findClient(db: Db, client: ClientId, role: Role): Promise<ClientDto | null> {
  const [row] = await db.query<ClientDto>(
    sql`select ${clientColumns}, ${role}::text as role from clients c where c.id = ${client}::uuid`,
  );
  return row ?? null;
}

export interface AdminRow {
  id: AdminId;
  name: string;
  email: string;
}

/** `email` in lower case, as it is stored. */
export async function findAdminByEmail(db: Db, email: string): Promise<AdminRow | null> {
  const [row] = await db.query<AdminRow>(sql`select id, name, email from admins where email = ${email}`);
  return row ?? null;
}

/** The password hash of the admin with that address; null when there is no such account. */
export async function findPasswordHash(db: Db, email: string): Promise<string | null> {
  const [row] = await db.query<{ password: string | null }>(sql`
    select k.password from admins a join admin_accounts k on k.admin_id = a.id and k.provider_id = 'credential'
    where a.email = ${email}`);
  return row?.password ?? null;
}

/** Adds an admin with the account that better-auth looks for at sign-in; null, and nothing added, when the address is taken. */
export async function insertAdminWithPassword(
  db: Db,
  admin: { email: string; name: string; hash: string },
): Promise<AdminId | null> {
  const [row] = await db.query<{ id: AdminId }>(sql`
    with admin as (
      insert into public.admins (name, email, email_verified) values (${admin.name}, ${admin.email}, true)
      on conflict (email) do nothing returning id
    )
    insert into public.admin_accounts (admin_id, account_id, provider_id, password)
    select id, id::text, 'credential', ${admin.hash} from admin
    returning admin_id as id`);
  return row?.id ?? null;
}

/** Adds a client's row; false when the subdomain is taken. */
export async function insertClientRow(db: Db, client: ClientId, row: ClientCreateInput): Promise<boolean> {
  const added = await db.execute(sql`
    insert into public.clients (id, name, subdomain, vip_metric, timezone, currency, primary_color, checkpoint_months)
    values (${client}::uuid, ${row.name}, ${row.subdomain}, ${row.metric}, ${row.timezone}, ${row.currency},
      ${row.primaryColor}, ${row.checkpointMonths})
    on conflict (subdomain) do nothing`);
  return added === 1;
}

export type MemberRow = Omit<MemberDto, "isYou">;

const memberColumns = sql`a.id as "adminId", a.name, a.email, m.role, m.created_at as "addedAt"`;

/** A client's members: owners first, then by name. */
export function listMembers(db: Db, client: ClientId): Promise<MemberRow[]> {
  return db.query<MemberRow>(sql`
    select ${memberColumns} from memberships m join admins a on a.id = m.admin_id
    where m.client_id = ${client}::uuid
    order by array_position(array['owner', 'operator', 'viewer'], m.role), a.name, a.id`);
}

/** Holds the client's memberships until the transaction ends, so that two owners cannot remove each other at once. */
export async function lockMemberships(db: Db, client: ClientId): Promise<void> {
  await db.query(sql`select 1 as held from clients where id = ${client}::uuid for no key update`);
}

export async function findMember(db: Db, client: ClientId, admin: string): Promise<MemberRow | null> {
  const [row] = await db.query<MemberRow>(sql`
    select ${memberColumns} from memberships m join admins a on a.id = m.admin_id
    where m.client_id = ${client}::uuid and m.admin_id = ${admin}::uuid`);
  return row ?? null;
}

export async function countOwners(db: Db, client: ClientId): Promise<number> {
  const [row] = await db.query<{ owners: number }>(
    sql`select count(*)::int as owners from memberships where client_id = ${client}::uuid and role = 'owner'`,
  );
  return row!.owners;
}

export async function insertMembership(db: Db, client: ClientId, admin: AdminId, role: Role): Promise<void> {
  await db.execute(sql`
    insert into public.memberships (client_id, admin_id, role) values (${client}::uuid, ${admin}::uuid, ${role})`);
}

export async function updateMembership(db: Db, client: ClientId, admin: string, role: Role): Promise<void> {
  await db.execute(sql`
    update public.memberships set role = ${role} where client_id = ${client}::uuid and admin_id = ${admin}::uuid`);
}

export async function deleteMembership(db: Db, client: ClientId, admin: string): Promise<void> {
  await db.execute(sql`delete from public.memberships where client_id = ${client}::uuid and admin_id = ${admin}::uuid`);
}

interface FreshnessRow extends Omit<FreshnessDto, "lastRun"> {
  lastNumber: number | null;
  lastStatus: string | null;
  lastEndedAt: Date | null;
}

/** How old the client's data is, from its runs and its schedule. `graceMinutes` after its time a start counts as missed. */
export async function findFreshness(
  db: Db,
  client: ClientId,
  at: { now: Date; graceMinutes: number },
): Promise<FreshnessDto> {
  const [row] = await db.query<FreshnessRow>(sql`
    select
      (select r.ended_at from sync_runs r
        where r.client_id = ${client}::uuid and r.status in ('succeeded', 'succeeded_with_warnings')
        order by r.number desc limit 1) as "lastSuccessAt",
      (select max(i.imported_at) from imports i where i.client_id = ${client}::uuid and i.status = 'imported') as "lastFileAt",
      last.number as "lastNumber", last.status as "lastStatus", last.ended_at as "lastEndedAt",
      (select r.number from sync_runs r
        where r.client_id = ${client}::uuid and r.status in ('queued', 'running')) as "runningNumber",
      nullif(greatest(s.next_due_at, s.silent_until), 'infinity') as "nextDueAt", s.timezone as "scheduleTimezone",
      coalesce(greatest(s.next_due_at, s.silent_until) < ${at.now}::timestamptz - make_interval(mins => ${at.graceMinutes}),
        false) as "isMissed"
    from (select 1) as one
    left join schedules s on s.client_id = ${client}::uuid and s.enabled
    left join lateral (
      select r.number, r.status, r.ended_at from sync_runs r
      where r.client_id = ${client}::uuid and (r.ended_at is not null or r.status = 'held')
      order by r.number desc limit 1
    ) last on true`);
  const { lastNumber, lastStatus, lastEndedAt, ...rest } = row!;
  const hasRun = lastNumber !== null && lastStatus !== null;
  return { ...rest, lastRun: hasRun ? { number: lastNumber, status: lastStatus, endedAt: lastEndedAt } : null };
}

export async function setImported(db: Db, client: ClientId): Promise<void> {
  await db.execute(
    sql`update public.clients set has_imported = true, updated_at = now() where id = ${client}::uuid and not has_imported`,
  );
}
