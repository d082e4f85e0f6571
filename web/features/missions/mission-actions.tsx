import { IconPlayerPause, IconPlayerPlay, IconUserPlus } from "@tabler/icons-react";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { useIsPhone } from "../../ui/data-table.tsx";
import { LintLight } from "./lint-light.tsx";
import { reasonNotToSeed } from "./seed-reason.ts";
import { NOT_SAVED_REASON } from "./what-if/supposed-terms.ts";
import { useSupposed } from "./what-if/use-supposed.ts";

interface Props {
  mission: MissionDto;
  preview: PreviewDto | undefined;
  onOpen: (kind: "seed" | "activate" | "deactivate") => void;
}

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** Activate, with the light that judges it beforehand, or deactivate; and seed: the one filled button of the page. */
export function MissionActions({ mission, preview, onOpen }: Props) {
  const client = useClient();
  const isRunning = mission.enabled && mission.activated;
  const isPhone = useIsPhone();
  const { isSupposing } = useSupposed(mission);
  const unsaved = isSupposing ? NOT_SAVED_REASON : undefined;
  const open = preview?.counts.willCreate;
  return (
    <>
      {isRunning ? null : <LintLight mission={mission} />}
      <ActionButton
        leftSection={isRunning ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
        reason={client.reasonFor("missions:write") ?? (isRunning ? undefined : unsaved)}
        onClick={() => onOpen(isRunning ? "deactivate" : "activate")}
      >
        {isRunning ? "Deactivate…" : "Activate…"}
      </ActionButton>
      <ActionButton
        variant="filled"
        leftSection={<IconUserPlus {...icon} />}
        reason={client.reasonFor("seeding:run") ?? unsaved ?? reasonNotToSeed(mission, open)}
        onClick={() => onOpen("seed")}
      >
        {seedLabel(open, isPhone)}
      </ActionButton>
    </>
  );
}

/** The button names its number; on the phone it leaves out what is counted. */
function seedLabel(count: number | undefined, isPhone: boolean): string {
  if (count === undefined) {
    return "Seed…";
  }
  return isPhone ? `Seed ${formatCount(count)}…` : `Seed ${countOf(count, "creator")}…`;
}
