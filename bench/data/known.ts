/** Things of the measured client that calls have to name. */
import { byOwner, type Ground } from "../ground.ts";
import { DRAFT_ORDER } from "./missions.ts";

export interface KnownMissions {
  /** the twenty that run, in display order */
  running: string[];
  forAll: string;
  /** asks for the lowest tier, so that only unknown tiers are left out */
  forTier1: string;
  forTier3: string;
  /** asks for the highest tier: one creator in twenty-five */
  forTier4: string;
  /** enabled by nobody, seeded for nobody */
  draft: string;
}

export async function knownMissions(ground: Ground): Promise<KnownMissions> {
  const { rows } = await byOwner(
    ground,
    `select id, tier_eligibility as tier, display_order as place from missions where client_id = $1 order by display_order`,
    [ground.client],
  );
  const missions = rows as { id: string; tier: string; place: number }[];
  const running = missions.filter(({ place }) => place < DRAFT_ORDER);
  const asking = (tier: string) => running.find((mission) => mission.tier === tier)!.id;
  return {
    running: running.map(({ id }) => id),
    forAll: asking("all"),
    forTier1: asking("tier_1"),
    forTier3: asking("tier_3"),
    forTier4: asking("tier_4"),
    draft: missions.find(({ place }) => place === DRAFT_ORDER)!.id,
  };
}

/** A handle after which this share of all handles is left out: where a page deep down begins. */
export async function handleAt(ground: Ground, share: number): Promise<string> {
  const { rows } = await byOwner(
    ground,
    "select percentile_disc($2::float8) within group (order by tiktok_handle) as handle from users where client_id = $1",
    [ground.client, share],
  );
  return rows[0].handle;
}
