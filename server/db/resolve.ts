/** Finds the database a process works with: the one of DATABASE_URL, else the embedded one. */
import pg from "pg";
import { StartError } from "../base/start-error.ts";
import type { Env } from "../env.ts";
import { startEmbedded } from "./embedded/start.ts";

export { startEmbedded } from "./embedded/start.ts";

const OLDEST_MAJOR = 15;

export interface ResolvedDatabase {
  /** Connects as the owner. */
  url: string;
  /** Connects as the request role, where that needs an address of its own. */
  appUrl: string | undefined;
  isEmbedded: boolean;
  /** Where the data lies, in words for the person at the terminal; without a password. */
  location: string;
  /** Lets go of the embedded server; does nothing for a database of yours. Close your pools first. */
  stop(): Promise<void>;
}

/** Starts or finds the database and makes sure that it answers and is new enough. Throws `StartError` with a sentence. */
export async function resolveDatabase(
  env: Pick<Env, "databaseUrl" | "appUrl" | "replicaUrl" | "dataDir" | "pgBin">,
): Promise<ResolvedDatabase> {
  if (env.databaseUrl === undefined) {
    if (env.appUrl !== undefined) {
      throw new StartError("MUSTER_APP_URL is set without DATABASE_URL; the embedded database needs neither.");
    }
    if (env.replicaUrl !== undefined) {
      throw new StartError("DATABASE_REPLICA_URL is set without DATABASE_URL; the embedded database has no replica.");
    }
    const embedded = await startEmbedded(env.dataDir, { pgBin: env.pgBin });
    return {
      url: embedded.url,
      appUrl: undefined,
      isEmbedded: true,
      location: embedded.dir,
      stop: () => embedded.stop(),
    };
  }
  await check("DATABASE_URL", env.databaseUrl);
  if (env.appUrl !== undefined) await checkClock(env.appUrl);
  return {
    url: env.databaseUrl,
    appUrl: env.appUrl,
    isEmbedded: false,
    location: withoutSecrets(env.databaseUrl),
    stop: () => Promise.resolve(),
  };
}

async function check(name: string, url: string): Promise<void> {
  const [row] = await ask<{ version: number; text: string }>(
    name,
    url,
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as text",
  );
  if (row!.version < OLDEST_MAJOR * 10_000) {
    throw new StartError(`${name} is PostgreSQL ${row!.text}; Muster needs PostgreSQL ${OLDEST_MAJOR} or newer.`);
  }
}

/** Behind a pooler the options that set the clock do not arrive; a session on local time would shift every instant. */
async function checkClock(url: string): Promise<void> {
  const [row] = await ask<{ zone: string }>("MUSTER_APP_URL", url, "select current_setting('timezone') as zone");
  if (row!.zone !== "UTC" && row!.zone !== "Etc/UTC" && row!.zone !== "GMT") {
    throw new StartError(
      `Sessions of MUSTER_APP_URL run in the time zone ${row!.zone}; as an administrator run \`alter role <its user> set timezone = 'UTC'\`.`,
    );
  }
}

async function ask<Row extends pg.QueryResultRow>(name: string, url: string, text: string): Promise<Row[]> {
  let client: pg.Client | undefined;
  try {
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      application_name: "muster start",
    });
    await client.connect();
    return (await client.query<Row>(text)).rows;
  } catch (error) {
    throw new StartError(
      `The database of ${name} (${withoutSecrets(url)}) cannot be reached: ${reasonOf(error)}.`,
      error,
    );
  } finally {
    // Of a connection that was never made there is nothing to end.
    await client?.end().catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  const { code, message, errors } = error as { code?: string; message: string; errors?: { message: string }[] };
  if (code === "28P01" || code === "28000") return "it refuses this user or password";
  if (code === "3D000") return "there is no database of that name";
  // localhost has two addresses, and the error that holds both failures has no words of its own.
  return (message === "" ? (errors?.[0]?.message ?? code ?? "unknown error") : message).replace(/\.$/, "");
}

function withoutSecrets(url: string): string {
  try {
    const parsed = new URL(url);
    return `${parsed.hostname === "" ? "local" : parsed.host}${parsed.pathname}`;
  } catch {
    return "an address that cannot be read";
  }
}
