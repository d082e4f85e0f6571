/** What only the superuser of the bench's own database may: checkpoints, and ending others' connections. */
import pg from "pg";

/** The owner's address, as the superuser. */
export function superuserOf(url: string): string {
  const superUrl = new URL(url);
  superUrl.username = "postgres";
  return superUrl.toString();
}

export async function bySuperuser(superUrl: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: superUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** Work that was given up may still hold connections, and a database that is used is not stopped. */
export function cutConnections(superUrl: string): Promise<void> {
  return bySuperuser(
    superUrl,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> 'muster keeper'`,
  );
}
