/** What becomes of each table on a Citus cluster. */
import type { Place, TableFact } from "./schema.ts";

/** A client's rows lie together on one node, by this column. */
export const DISTRIBUTION_COLUMN = "client_id";

/** Small tables of which every node has a copy. Admins belong to several clients, so nothing of theirs can lie with one. */
const REFERENCE = new Set([
  "clients",
  "admins",
  "admin_accounts",
  "admin_sessions",
  "admin_verifications",
  // Of a client, but read by admin: which clients somebody sees is asked before any client is known.
  "memberships",
]);

/** Tables that stay on the coordinator, and why. */
const LOCAL: Readonly<Record<string, string>> = {
  _prisma_migrations: "only migrations read it, and they run on the coordinator",
  admin_rate_limits:
    "written at every attempt to sign in and joined with nothing; a copy on every node would make each write a write on all",
};

/** What becomes of a table; null: nobody has decided. */
export function placeOf(table: Pick<TableFact, "name" | "columnType">): Place | "local" | null {
  if (whyLocal(table.name) !== null) return "local";
  if (REFERENCE.has(table.name)) return "reference";
  return table.columnType === null ? null : "distributed";
}

/** Whether the cluster has made of the table already what it becomes. */
export function standsAs({ standing }: TableFact, place: Place | "local"): boolean {
  if (standing === null || place === "local") return false;
  if (place === "reference") return standing.as === "reference";
  return standing.as === "distributed" && standing.column === DISTRIBUTION_COLUMN;
}

/** Why a table stays on the coordinator; null: it does not. */
export function whyLocal(name: string): string | null {
  return (Object.hasOwn(LOCAL, name) ? LOCAL[name] : null) ?? null;
}
