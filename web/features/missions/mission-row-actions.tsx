import {
  IconCopy,
  IconFilterSearch,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserPlus,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { IconAction } from "../../ui/action-button.tsx";
import { reasonNotToSeed } from "./seed-reason.ts";

interface Props {
  mission: MissionDto;
  counts: MissionCountsDto | undefined;
  onSeed: () => void;
  onSwitch: () => void;
  onDuplicate: () => void;
}

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** What can be done with a mission from its row. */
export function MissionRowActions({ mission, counts, onSeed, onSwitch, onDuplicate }: Props) {
  const client = useClient();
  const navigate = useNavigate();
  const params = { client: client.subdomain, missionId: mission.id };
  const noWrite = client.reasonFor("missions:write");
  const isRunning = mission.enabled && mission.activated;
  return (
    <>
      <IconAction
        label={`Preview ${mission.name}`}
        onClick={() => void navigate({ to: "/c/$client/missions/$missionId", params })}
      >
        <IconFilterSearch {...icon} />
      </IconAction>
      <IconAction
        label={isRunning ? `Deactivate ${mission.name}…` : `Activate ${mission.name}…`}
        reason={noWrite}
        onClick={onSwitch}
      >
        {isRunning ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
      </IconAction>
      <IconAction
        label={`Seed ${mission.name}…`}
        reason={client.reasonFor("seeding:run") ?? reasonNotToSeed(mission, counts?.notSeeded)}
        onClick={onSeed}
      >
        <IconUserPlus {...icon} />
      </IconAction>
      <IconAction
        label={`Edit ${mission.name}`}
        reason={noWrite}
        onClick={() => void navigate({ to: "/c/$client/missions/$missionId/edit", params })}
      >
        <IconPencil {...icon} />
      </IconAction>
      <IconAction label={`Duplicate ${mission.name}`} reason={noWrite} onClick={onDuplicate}>
        <IconCopy {...icon} />
      </IconAction>
    </>
  );
}
