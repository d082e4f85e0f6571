import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { dayOf } from "../../base/days.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { MissionDeactivateInput, MissionDto } from "../../missions/schema.ts";
import { lockedMission, missionOf, switchMission } from "../../missions/service.ts";

/** Stops a mission; its rows stay as they are and do not move. With `disable` it is switched off as well. */
export function deactivateMission(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: MissionDeactivateInput,
  now: Date,
): Promise<MissionDto> {
  const id = input.missionId as MissionId;
  return inClient(db, client, async (tx) => {
    const { timezone } = await clientSettings(tx, client);
    const today = dayOf(now, timezone);
    const mission = await lockedMission(tx, client, id, today);
    await stopMission(tx, actor, client, mission, input);
    return missionOf(tx, client, id, today);
  });
}

/** The same inside an open transaction, for a mission that the caller has locked; one that stands so already leaves no trace. */
export async function stopMission(
  tx: Db,
  actor: Actor,
  client: ClientId,
  mission: MissionDto,
  { disable }: { disable: boolean },
): Promise<void> {
  const to = { enabled: mission.enabled && !disable, activated: false };
  if (to.enabled === mission.enabled && !mission.activated) return;
  await switchMission(tx, client, mission.id as MissionId, to);
  await record(tx, actor, client, {
    action: "mission.deactivated",
    subject: { kind: "mission", id: mission.id, name: mission.name },
    before: { enabled: mission.enabled, activated: mission.activated },
    after: to,
  });
}
