import { clientSettings } from "../../access/settings.ts";
import type { ClientSettings } from "../../base/client-settings.ts";
import { type Day, dayOf } from "../../base/days.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import type { MissionDto } from "../../missions/schema.ts";
import { allMissions, missionOf } from "../../missions/service.ts";
import { rewardCost } from "../../rewards/service.ts";
import { countRowFacts } from "../activation/sql.ts";
import { lintOf, redFindings } from "./rules.ts";
import type { LintCode, LintDto } from "./schema.ts";
import { countCreators } from "./sql.ts";

/** What speaks against activating a mission at this moment, judged as if it were enabled, from one snapshot. */
export function lintMission(db: RootDb, client: ClientId, mission: MissionId, now: Date): Promise<LintDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const today = dayOf(now, settings.timezone);
      return lintIn(tx, settings, await missionOf(tx, client, mission, today), today);
    },
    READING,
  );
}

/**
 * Lets a mission start: answers the red findings that the typed name overrides, none where the light is not red.
 * Conflict, with the findings, where it is red and the name was not typed. Runs in the transaction that activates.
 */
export async function overriddenFindings(
  tx: Db,
  settings: ClientSettings,
  mission: MissionDto,
  today: Day,
  confirmation: string | undefined,
): Promise<LintCode[]> {
  const { light, findings } = await lintIn(tx, settings, mission, today);
  if (light !== "red") return [];
  const red = redFindings({ light, findings });
  if (confirmation !== mission.name.trim()) {
    const reasons = red.map(({ sentence }) => sentence).join(" ");
    throw new AppError("conflict", `${reasons} Type the name ${mission.name} to activate it all the same.`, {
      field: "confirmation",
      details: { findings },
    });
  }
  return red.map(({ code }) => code);
}

async function lintIn(tx: Db, settings: ClientSettings, mission: MissionDto, today: Day): Promise<LintDto> {
  const id = mission.id as MissionId;
  const [rows, creators] = await inBulk(tx, async () => [
    await countRowFacts(tx, settings, id, today, true),
    await countCreators(tx, settings.id, id),
  ]);
  const cost = await rewardCost(tx, settings.id, mission.reward, rows.completeAtOnce);
  const others = (await allMissions(tx, settings.id, today)).filter((other) => other.id !== mission.id);
  return lintOf({ mission, others, settings, today, creators, rows, costAtOnce: cost?.amount ?? null });
}
