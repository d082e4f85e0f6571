import { clientSettings } from "../../access/settings.ts";
import { dayOf } from "../../base/days.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { inBulk } from "../../db/bulk.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import { missionOf } from "../../missions/service.ts";
import { rewardCost } from "../../rewards/service.ts";
import type { BacktestInput, BacktestResult } from "./schema.ts";
import { countOutcome } from "./sql.ts";

/** Had a mission run over each creator's present or previous window: who would have completed it, when and at what cost. */
export function backtestMission(
  db: RootDb,
  client: ClientId,
  input: BacktestInput,
  now: Date,
): Promise<BacktestResult> {
  const id = input.missionId as MissionId;
  return inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const today = dayOf(now, settings.timezone);
      const mission = await missionOf(tx, client, id, today);
      if (mission.missionType === "raffle") return { kind: "raffle" };
      const { targetValue = mission.targetValue, tierEligibility } = input.whatIf ?? {};
      const asked = { mission: id, window: input.window, targetValue, tierEligibility };
      const outcome = await inBulk(tx, () => countOutcome(tx, settings, asked, today));
      const cost = await rewardCost(tx, client, mission.reward, outcome.completed);
      return {
        kind: "computed",
        window: input.window,
        computedAt: now,
        today,
        targetValue,
        tierEligibility: tierEligibility ?? mission.tierEligibility,
        isWhatIf: input.whatIf?.targetValue !== undefined || tierEligibility !== undefined,
        ...outcome,
        share: outcome.considered === 0 ? 0 : outcome.completed / outcome.considered,
        cost: cost === null ? null : { ...cost, currency: settings.currency },
      };
    },
    READING,
  );
}
