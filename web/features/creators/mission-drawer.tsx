import { linkOptions } from "@tanstack/react-router";
import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { CopySentence } from "../../ui/copy.tsx";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { GateTable, Verdict } from "../../ui/verdict.tsx";
import { missionText } from "./copy-text.ts";
import { MissionReason, MissionRowStatus, MissionValue, MissionWindow, RedemptionWords } from "./mission-cells.tsx";
import { useOpenMission } from "./use-creator.ts";
import { gatesOf, goalText, VERDICT_TITLES, VERDICTS } from "./verdict-words.ts";

interface Props {
  creator: CreatorDto;
  missions: readonly CreatorMissionDto[] | undefined;
}

/** One mission for this creator: the verdict, the gates that decided it, the row, and a sentence to send. */
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
      <Verdict verdict={VERDICTS[mission.bucket]} title={VERDICT_TITLES[mission.bucket]}>
        <MissionReason mission={mission} creator={creator} />
      </Verdict>
      <Gates mission={mission} creator={creator} />
      <DrawerSection title={mission.progress === null ? "The mission" : "The row"}>
        <Facts facts={factsOf(mission, creator, client.currency)} />
      </DrawerSection>
      {mission.progress === null ? null : (
        <DrawerSection title="To send">
          <CopySentence text={missionText(mission, client)} />
        </DrawerSection>
      )}
    </Drawer>
  );
}

/** A row that exists is past all gates: seeding leaves it as it is. */
function Gates({ mission, creator }: { mission: CreatorMissionDto; creator: CreatorDto }) {
  const ladder = useLadder();
  if (mission.progress !== null || !ladder.isLoaded) {
    return null;
  }
  return (
    <DrawerSection title="Gates, in the order they are judged">
      <GateTable gates={gatesOf(mission, creator, ladder)} />
    </DrawerSection>
  );
}

function factsOf(mission: CreatorMissionDto, creator: CreatorDto, currency: string): Fact[] {
  const { progress, redemption } = mission;
  const rule: Fact[] = [
    { term: "Target", value: goalText(mission, currency) },
    { term: "Tier", value: <TierName id={mission.tierEligibility} andUp /> },
  ];
  const window: Fact = {
    term: progress === null ? "Window to be frozen" : "Window, frozen",
    value: <MissionWindow mission={mission} creator={creator} />,
  };
  const status: Fact = { term: "Status", value: <MissionRowStatus mission={mission} /> };
  if (progress === null) {
    return mission.bucket === "will_create" ? [...rule, window, status] : rule;
  }
  return [
    { term: "Value", value: <MissionValue mission={mission} /> },
    ...rule,
    window,
    status,
    { term: "Seeded", value: <When at={progress.seededAt} /> },
    ...(progress.completedAt === null ? [] : [{ term: "Completed", value: <When at={progress.completedAt} /> }]),
    { term: "Redemption", value: redemption === null ? <Dim>none</Dim> : <RedemptionWords redemption={redemption} /> },
  ];
}
