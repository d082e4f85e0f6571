/** Queries on clients, admins and memberships: tables without a client policy, read here only, by admin. */
import type { ClientSettings } from "../base/client-settings.ts";
import type { AdminId, ClientId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import type { ClientDto, Role } from "./schema.ts";

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
  return db.query<ClientDto>(
    sql`select ${clientColumns}, 'owner' as role from clients c order by c.name, c.id`,
  );
}
