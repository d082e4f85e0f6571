/** The founding schema beside the real one, filled with the same creators, tiers and missions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asOwner, byOwner, type Ground } from "./ground.ts";

/** Makes the schema. Its statistics are as good as those of the real one. */
export function makeFounding(ground: Ground): Promise<void> {
  return asOwner(ground, async (owner) => {
    await owner.query(readFileSync(join(import.meta.dirname, "founding.sql"), "utf8"));
    const copies = [
      "insert into founding.clients (id) select id from clients where id = $1",
      "insert into founding.tiers (client_id, tier_id, tier_order) select client_id, tier_id, tier_order from tiers where client_id = $1",
      `insert into founding.users (id, client_id, current_tier, tier_achieved_at, next_checkpoint_at)
       select id, client_id, current_tier, tier_achieved_at, next_checkpoint_at from users where client_id = $1`,
      `insert into founding.missions (id, client_id, tier_eligibility, enabled, activated)
       select id, client_id, tier_eligibility, enabled, activated from missions where client_id = $1`,
    ];
    for (const copy of copies) await owner.query(copy, [ground.client]);
    await owner.query("analyze founding.clients, founding.tiers, founding.users, founding.missions");
  });
}

export async function emptyFounding(ground: Ground): Promise<void> {
  await byOwner(ground, "truncate founding.mission_progress");
}

/** Calls its one function; answers the rows created. */
export async function seedFounding(ground: Ground): Promise<number> {
  const { rows } = await byOwner(ground, "select founding.create_mission_progress_for_eligible_users($1) as created", [
    ground.client,
  ]);
  return rows[0].created;
}

export async function dropFounding(ground: Ground): Promise<void> {
  await byOwner(ground, "drop schema founding cascade");
}
