/** What admins look at: the pages of the console, and what a mission may be asked before it is seeded. */
import type { Visit } from "../benches/api-load.ts";
import { visitsOf } from "../benches/api-load.ts";
import { knownMissions } from "../data/known.ts";
import { byOwner, type Ground } from "../ground.ts";

/** Pages beside those of the load bench. */
export async function pagesOf(ground: Ground): Promise<Visit[]> {
  const { client: clientId } = ground;
  const { forAll, forTier1 } = await knownMissions(ground);
  const userId = await someCreator(ground);
  return [
    ...(await visitsOf(ground)),
    (call) => call.creators.get.query({ clientId, userId }),
    (call) => call.creators.timeline.query({ clientId, userId }),
    (call) => call.eligibility.creator.query({ clientId, userId }),
    (call) => call.progress.list.query({ clientId, missionId: forAll, status: "active" }),
    (call) => call.progress.distribution.query({ clientId, missionId: forTier1 }),
    (call) => call.redemptions.list.query({ clientId }),
    (call) => call.audit.list.query({ clientId }),
    (call) => call.seeding.list.query({ clientId }),
    (call) => call.imports.list.query({ clientId }),
    (call) => call.health.checks.query({ clientId }),
    (call) => call.clients.freshness.query({ clientId }),
    (call) => call.eligibility.coverage.query({ clientId }),
  ];
}

/** Previews, what-ifs, and why one creator stands with a mission as they do. */
export async function questionsOf(ground: Ground): Promise<Visit[]> {
  const { client: clientId } = ground;
  const { running, forAll, forTier3, forTier4, draft } = await knownMissions(ground);
  const userId = await someCreator(ground);
  const whatIf = { enabled: true, tierEligibility: "tier_3" };
  return [
    (call) => call.eligibility.preview.query({ clientId, missionId: forAll }),
    (call) => call.eligibility.explain.query({ clientId, missionId: forTier4, userId }),
    (call) => call.eligibility.preview.query({ clientId, missionId: draft, whatIf }),
    (call) => call.eligibility.list.query({ clientId, missionId: draft, whatIf, bucket: "will_create" }),
    (call) => call.eligibility.explain.query({ clientId, missionId: draft, userId, whatIf }),
    (call) => call.eligibility.window.query({ clientId, missionId: draft, whatIf }),
    (call) => call.eligibility.relax.query({ clientId, missionId: forTier3 }),
    (call) => call.eligibility.nearMisses.query({ clientId, missionId: forTier3, kind: "tier" }),
    (call) => call.eligibility.nearMissCounts.query({ clientId, missionId: forTier3, kind: "target" }),
    (call) => call.eligibility.previewMany.query({ clientId, missionIds: running }),
    (call) => call.missions.activationFacts.query({ clientId, missionId: draft }),
    (call) => call.missions.lint.query({ clientId, missionId: forTier3 }),
  ];
}

async function someCreator(ground: Ground): Promise<string> {
  const { rows } = await byOwner(
    ground,
    "select id from users where client_id = $1 and current_tier = 'tier_2' order by id limit 1",
    [ground.client],
  );
  return rows[0].id;
}
