import { IconPencil } from "@tabler/icons-react";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ActionButton } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { Columns } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { DayText, Dim, When } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { MissionGoal, MissionReward } from "./mission-cells.tsx";

/** How the mission is set, and the way to change it. */
export function SettingsTab({ mission }: { mission: MissionDto }) {
  return (
    <Columns side={360}>
      <Panel title="What creators see" aside={<EditButton missionId={mission.id} />}>
        <Facts facts={[...nameFacts(mission), ...goalFacts(mission)]} />
      </Panel>
      <Panel title="How it runs">
        <Facts facts={runFacts(mission)} />
      </Panel>
    </Columns>
  );
}

function EditButton({ missionId }: { missionId: string }) {
  const client = useClient();
  const reason = client.reasonFor("missions:write");
  const pencil = <IconPencil size={14} stroke={1.75} aria-hidden />;
  if (reason !== undefined) {
    return (
      <ActionButton size="xs" leftSection={pencil} reason={reason}>
        Edit
      </ActionButton>
    );
  }
  return (
    <ButtonLink
      size="xs"
      leftSection={pencil}
      to="/c/$client/missions/$missionId/edit"
      params={{ client: client.subdomain, missionId }}
    >
      Edit
    </ButtonLink>
  );
}

function nameFacts(mission: MissionDto): Fact[] {
  return [
    { term: "Name", value: mission.displayName === "" ? <Dim>the title</Dim> : mission.displayName },
    { term: "Title", value: mission.title },
    { term: "Description", value: mission.description === "" ? <Dim>none</Dim> : mission.description },
  ];
}

function goalFacts(mission: MissionDto): Fact[] {
  const end: Fact[] =
    mission.missionType === "raffle" ? [{ term: "Ends", value: <DayText day={mission.raffleEndDate} /> }] : [];
  return [
    { term: "Goal", value: <MissionGoal mission={mission} /> },
    ...end,
    { term: "Reward", value: <MissionReward mission={mission} /> },
    { term: "Tier", value: <TierName id={mission.tierEligibility} andUp /> },
    {
      term: "Seen locked from",
      value:
        mission.previewFromTier === null ? (
          <Dim>nobody sees it locked</Dim>
        ) : (
          <TierName id={mission.previewFromTier} andUp />
        ),
    },
  ];
}

function runFacts(mission: MissionDto): Fact[] {
  return [
    {
      term: "Enabled",
      value: mission.enabled ? (
        "yes"
      ) : (
        <>
          no <Dim>no rows are created and nothing moves</Dim>
        </>
      ),
    },
    {
      term: "Activated",
      value: mission.activated ? (
        "yes"
      ) : (
        <>
          no <Dim>new rows are written as dormant</Dim>
        </>
      ),
    },
    { term: "Place in the list", value: mission.displayOrder },
    { term: "Created", value: <When at={mission.createdAt} /> },
    { term: "Last changed", value: <When at={mission.updatedAt} /> },
  ];
}
