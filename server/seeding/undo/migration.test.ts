/** Seedings of before undo existed know their missions too. */
import { cpSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { migrate } from "../../db/migrate.ts";
import { emptyDatabase } from "../../testing/database.ts";

const MIGRATIONS = join(import.meta.dirname, "../../../prisma/migrations");
const OURS = "20261126103000_undo";
const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;

/** The project's migrations up to ours, without it. */
function foldersBefore(): string {
  const folder = mkdtempSync(join(tmpdir(), "muster-migrations-"));
  for (const name of readdirSync(MIGRATIONS).filter((one) => one < OURS)) {
    cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  }
  return folder;
}

it("of one mission the number created is known, of several the rows that are left are counted", async () => {
  const url = await emptyDatabase();
  await migrate(url, foldersBefore());
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(`
      insert into clients (id, name, subdomain) values ('${id(0)}', 'Old', 'old');
      insert into missions (client_id, id, title, mission_type, target_value) values
        ('${id(0)}', '${id(1)}', 'One', 'videos', 1), ('${id(0)}', '${id(2)}', 'Two', 'videos', 1);
      insert into users (client_id, id, tiktok_handle, current_tier) values
        ('${id(0)}', '${id(3)}', 'anna', 'tier_1'), ('${id(0)}', '${id(4)}', 'bert', 'tier_1');
      insert into seeds (client_id, id, source, by_name, mission_ids, created) values
        ('${id(0)}', '${id(5)}', 'console', 'Ann', '{${id(1)}}', 7), ('${id(0)}', '${id(6)}', 'sync', 'nightly', null, 9);
      insert into mission_progress (client_id, user_id, mission_id, status, seed_id) values
        ('${id(0)}', '${id(3)}', '${id(1)}', 'active', '${id(5)}'),
        ('${id(0)}', '${id(4)}', '${id(1)}', 'active', '${id(6)}'),
        ('${id(0)}', '${id(3)}', '${id(2)}', 'active', '${id(6)}'),
        ('${id(0)}', '${id(4)}', '${id(2)}', 'active', '${id(6)}');`);
    await migrate(url);
    const { rows } = await client.query("select seed_id, mission_id, created from seed_missions order by 1, 2");
    expect(rows).toEqual([
      { seed_id: id(5), mission_id: id(1), created: 7 },
      { seed_id: id(6), mission_id: id(1), created: 1 },
      { seed_id: id(6), mission_id: id(2), created: 2 },
    ]);
  } finally {
    await client.end();
  }
});
