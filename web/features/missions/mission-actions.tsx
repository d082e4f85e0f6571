import { IconPlayerPause, IconPlayerPlay, IconUserPlus } from "@tabler/icons-react";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { reasonNotToSeed } from "./seed-reason.ts";

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  onOpen: (kind: "seed" | "activate" | "deactivate") => void;
}

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** Activate or deactivate, and seed: the one filled button of the page. */
export function MissionActions({ mission, preview, onOpen }: Props) {
  const client = useClient();
  const isRunning = mission.enabled && mission.activated;
  const open = preview?.counts.willCreate;
  return (
    <>
      <ActionButton
        leftSection={isRunning ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
        reason={client.reasonFor("missions:write")}
        onClick={() => onOpen(isRunning ? "deactivate" : "activate")}
      >
        {isRunning ? "Deactivate…" : "Activate…"}
      </ActionButton>
      <ActionButton
        variant="filled"
        leftSection={<IconUserPlus {...icon} />}
        reason={client.reasonFor("seeding:run") ?? reasonNotToSeed(mission, open)}
        onClick={() => onOpen("seed")}
      >
        {open === undefined ? "Seed…" : `Seed ${countOf(open, "creator")}…`}
      </ActionButton>
    </>
  );
}
