/** The request role. Roles belong to the whole cluster, so several databases and processes may make it at once. */
import type pg from "pg";
import { StartError } from "../base/start-error.ts";
import { REQUEST_ROLE } from "./pools.ts";

/**
 * Makes the request role unless it is there, and lets the connected owner become it. Idempotent.
 * Throws `StartError` with the statements an administrator has to run when the owner may not.
 */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  if (!(await roleIs("exists", client))) await createRole(client);
  if (!(await roleIs("granted", client))) await grantRole(client);
  const { rows } = await client.query<{ is_powerful: boolean }>(
    "select rolsuper or rolbypassrls as is_powerful from pg_roles where rolname = $1",
    [REQUEST_ROLE],
  );
  if (rows[0]?.is_powerful !== false) {
    throw new StartError(
      `The role ${REQUEST_ROLE} must not be a superuser nor bypass row-level security: as an administrator run \`alter role ${REQUEST_ROLE} nosuperuser nobypassrls\`.`,
    );
  }
}

async function roleIs(what: "exists" | "granted", client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(
    what === "exists"
      ? "select exists (select from pg_roles where rolname = $1) as yes"
      : // A superuser is everything; others must be able to SET ROLE, which PostgreSQL 16 keeps apart from membership.
        `select rolsuper or (case when current_setting('server_version_num')::int >= 160000
                  then pg_has_role(current_user, $1, 'SET') else pg_has_role(current_user, $1, 'MEMBER') end) as yes
         from pg_roles where rolname = current_user`,
    [REQUEST_ROLE],
  );
  return rows[0]!.yes;
}

async function createRole(client: pg.ClientBase): Promise<void> {
  try {
    await client.query(`create role ${REQUEST_ROLE} login nosuperuser nocreatedb nocreaterole nobypassrls`);
  } catch (error) {
    const state = (error as { code?: string }).code;
    // 42710 and 23505: somebody else made it in the same moment.
    if (state === "42710" || state === "23505") return;
    if (state === "42501") throw notPermitted(error);
    throw error;
  }
}

async function grantRole(client: pg.ClientBase): Promise<void> {
  try {
    await client.query(`grant ${REQUEST_ROLE} to current_user`);
  } catch (error) {
    const state = (error as { code?: string }).code;
    // 23505 and XX000 ("tuple concurrently updated"): the same grant, made in the same moment.
    if ((state === "23505" || state === "XX000") && (await roleIs("granted", client))) return;
    if (state === "42501" || state === "0LP01") throw notPermitted(error);
    throw error;
  }
}

function notPermitted(error: unknown): StartError {
  return new StartError(
    `The database user may not set up the role ${REQUEST_ROLE}: as an administrator run \`create role ${REQUEST_ROLE} login; grant ${REQUEST_ROLE} to <the user of DATABASE_URL>;\` and start again.`,
    error,
  );
}
