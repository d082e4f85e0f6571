import { IconListDetails } from "@tabler/icons-react";
import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/explain/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { goalText } from "../../lib/mission-words.ts";
import { IconAction } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RowLink, TextButton } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { MissionRowStatus, MissionValue, RedemptionWords } from "../../ui/mission-row.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim } from "../../ui/text.tsx";
import { BUCKET_VERDICTS, VerdictText } from "../../ui/verdict.tsx";
import classes from "./creators.module.css";
import { hasWindow, MissionReason, MissionWindow } from "./mission-cells.tsx";
import { useOpenMission } from "./use-creator.ts";

interface Props {
  creator: CreatorDto;
  missions: readonly CreatorMissionDto[] | undefined;
  error: unknown;
  onRetry: () => void;
}

/** All missions of the client as they stand for one creator, seeded or not. */
export function CreatorMissions({ creator, missions, error, onRetry }: Props) {
  const client = useClient();
  const { missionId, open } = useOpenMission();
  const actions = (mission: CreatorMissionDto) => (
    <IconAction label={`Why: ${mission.missionName}`} onClick={() => open(mission.missionId)}>
      <IconListDetails size={16} stroke={1.75} />
    </IconAction>
  );
  const card = (mission: CreatorMissionDto) => (
    <MissionCard mission={mission} creator={creator} onOpen={() => open(mission.missionId)} />
  );
  return (
    <DataTable
      label="Missions"
      columns={[...verdictColumns(creator, client.subdomain), ...progressColumns(client.currency)]}
      rows={missions}
      rowKey={(mission) => mission.missionId}
      rowHeight={40}
      selectedKey={missionId}
      onRowClick={(mission) => open(mission.missionId)}
      actions={actions}
      card={card}
      error={error}
      onRetry={onRetry}
      empty={
        <EmptyState
          title="There is no mission yet"
          action={
            <ButtonLink to="/c/$client/missions" params={{ client: client.subdomain }} search={{}}>
              Missions
            </ButtonLink>
          }
        >
          Each mission of the programme stands here with its verdict.
        </EmptyState>
      }
    />
  );
}

function verdictColumns(creator: CreatorDto, subdomain: string): Column<CreatorMissionDto>[] {
  return [
    {
      id: "mission",
      header: "Mission",
      skeleton: 110,
      cell: (mission) => (
        <RowLink to="/c/$client/missions/$missionId" params={{ client: subdomain, missionId: mission.missionId }}>
          {mission.missionName}
        </RowLink>
      ),
    },
    {
      id: "verdict",
      header: "Verdict",
      skeleton: 64,
      cell: (mission) => <VerdictText verdict={BUCKET_VERDICTS[mission.bucket]} />,
    },
    {
      id: "reason",
      header: "Reason, window",
      quiet: true,
      skeleton: 150,
      cell: (mission) =>
        hasWindow(mission) ? (
          <TwoLines second={<MissionWindow mission={mission} creator={creator} />}>
            <MissionReason mission={mission} creator={creator} />
          </TwoLines>
        ) : (
          <span className={classes.reason}>
            <MissionReason mission={mission} creator={creator} />
          </span>
        ),
    },
  ];
}

function progressColumns(currency: string): Column<CreatorMissionDto>[] {
  return [
    {
      id: "value",
      header: "Value",
      align: "right",
      skeleton: 110,
      cell: (mission) => <MissionValue mission={mission} />,
    },
    {
      id: "target",
      header: "Target",
      cell: (mission) => (mission.missionType === "raffle" ? <Dim>taking part</Dim> : goalText(mission, currency)),
    },
    {
      id: "status",
      header: "Status, redemption",
      skeleton: 90,
      cell: (mission) =>
        mission.redemption === null ? (
          <MissionRowStatus mission={mission} />
        ) : (
          <TwoLines second={<RedemptionWords redemption={mission.redemption} />}>
            <MissionRowStatus mission={mission} />
          </TwoLines>
        ),
    },
  ];
}

interface CardProps {
  mission: CreatorMissionDto;
  creator: CreatorDto;
  onOpen: () => void;
}

function MissionCard({ mission, creator, onOpen }: CardProps) {
  const client = useClient();
  const ladder = useLadder();
  const facts = [
    <MissionReason key="reason" mission={mission} creator={creator} />,
    hasWindow(mission) ? <MissionWindow key="window" mission={mission} creator={creator} /> : null,
    goalText(mission, client.currency),
    mission.redemption === null ? null : <RedemptionWords key="redemption" redemption={mission.redemption} />,
  ].filter((fact) => fact !== null);
  return (
    <ListCard
      title={
        <RowLink
          to="/c/$client/missions/$missionId"
          params={{ client: client.subdomain, missionId: mission.missionId }}
        >
          {mission.missionName}
        </RowLink>
      }
      end={<VerdictText verdict={BUCKET_VERDICTS[mission.bucket]} />}
      facts={ladder.isLoaded ? facts : []}
    >
      <span className={classes.cardRow}>
        {mission.progress === null ? null : (
          <>
            <MissionRowStatus mission={mission} />
            <MissionValue mission={mission} />
          </>
        )}
        <TextButton className={classes.why} onClick={onOpen}>
          Why
        </TextButton>
      </span>
    </ListCard>
  );
}
