import { linkOptions } from "@tanstack/react-router";
import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/explain/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { goalText } from "../../lib/mission-words.ts";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { Explanation, SayIt } from "../../ui/explanation.tsx";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { MissionRowStatus } from "../../ui/mission-row.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { MissionWindow } from "./mission-cells.tsx";
import { useOpenMission } from "./use-creator.ts";

interface Props {
  creator: CreatorDto;
  missions: readonly CreatorMissionDto[] | undefined;
}

/** One mission for this creator: the verdict, the gates that decided it, what would change it, the row, and a sentence to send. */
export function MissionDrawer({ creator, missions }: Props) {
  const client = useClient();
  const { missionId, open } = useOpenMission();
  const at = missions?.findIndex((mission) => mission.missionId === missionId) ?? -1;
  const mission = missions?.[at];
  if (missions === undefined || mission === undefined) {
    return null;
  }
  const step = (to: number) => (missions[to] === undefined ? undefined : () => open(missions[to]?.missionId));
  return (
    <Drawer
      opened
      onClose={() => open(undefined)}
      title={mission.missionName}
      position={{ at: at + 1, of: missions.length }}
      onPrevious={step(at - 1)}
      onNext={step(at + 1)}
      link={linkOptions({
        to: "/c/$client/missions/$missionId",
        params: { client: client.subdomain, missionId: mission.missionId },
      })}
    >
      <Explanation mission={mission}>
        {mission.progress === null ? (
          <DrawerSection title="The mission">
            <Facts facts={factsOf(mission, creator, client.currency)} />
          </DrawerSection>
        ) : null}
      </Explanation>
      <SayIt mission={mission} />
    </Drawer>
  );
}

/** What a mission without a row asks, and what would be written. */
function factsOf(mission: CreatorMissionDto, creator: CreatorDto, currency: string): Fact[] {
  const rule: Fact[] = [
    { term: "Target", value: goalText(mission, currency) },
    { term: "Tier", value: <TierName id={mission.tierEligibility} andUp /> },
  ];
  return mission.bucket === "will_create"
    ? [
        ...rule,
        { term: "Window to be frozen", value: <MissionWindow mission={mission} creator={creator} /> },
        { term: "Status", value: <MissionRowStatus mission={mission} /> },
      ]
    : rule;
}
