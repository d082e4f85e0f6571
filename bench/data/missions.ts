import type pg from "pg";

/** Of twenty missions so many ask for each tier: a creator qualifies for about twelve. */
const ASKED = [
  ["all", 7],
  ["tier_1", 4],
  ["tier_2", 2],
  ["tier_3", 3],
  ["tier_4", 4],
] as const;

/** Display order of the draft: enabled by nobody, it is what a preview with supposed terms looks at. */
export const DRAFT_ORDER = 21;

/** One reward, twenty missions that run, of all types but raffle in turn, and one draft. */
export async function makeMissions(owner: pg.ClientBase, client: string): Promise<void> {
  await owner.query(
    `insert into rewards (client_id, type, name, value_data) values ($1, 'gift_card', 'Gift card', '{"amount": 25}')`,
    [client],
  );
  const asked = [...ASKED.flatMap(([tier, count]) => Array.from({ length: count }, () => tier)), "all"];
  await owner.query(
    `insert into missions (client_id, title, mission_type, target_value, reward_id, tier_eligibility, display_order, enabled, activated)
     select r.client_id, 'Mission ' || a.place, t.mission_type, t.target_value, r.id, a.tier, a.place, a.place < $3, a.place < $3
     from unnest($2::text[]) with ordinality a (tier, place)
     join (values (0, 'sales_dollars', 900), (1, 'videos', 6), (2, 'views', 60000), (3, 'likes', 6000), (4, 'sales_units', 90))
       t (turn, mission_type, target_value) on t.turn = a.place % 5
     join rewards r on r.client_id = $1`,
    [client, asked, DRAFT_ORDER],
  );
}
