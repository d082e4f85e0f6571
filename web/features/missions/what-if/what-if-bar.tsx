import { Button } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { useLadder } from "../../../lib/ladder.ts";
import type { Ladder } from "../../../lib/ladder.ts";
import { ActionButton } from "../../../ui/action-button.tsx";
import { FilterToggle } from "../../../ui/filter-bar.tsx";
import { FilterSelect } from "../../../ui/filter-select.tsx";
import { WhatIfFrame } from "../../../ui/what-if.tsx";
import { eligibilityOptions } from "../tier-options.ts";
import { SaveTermsDialog } from "./save-terms-dialog.tsx";
import { TargetField } from "./target-field.tsx";
import { useSupposed } from "./use-supposed.ts";
import classes from "./what-if.module.css";

interface Props {
  mission: MissionDto;
  /** Where a draft counts as if it were enabled anyway, there is nothing to switch. */
  isAlwaysEnabled?: boolean | undefined;
}

/** The terms of the mission as controls that save nothing: everything below follows them. */
export function WhatIfBar({ mission, isAlwaysEnabled = false }: Props) {
  const client = useClient();
  const ladder = useLadder();
  const { tier, target, enabled, isSupposing, whatIf, suppose, reset } = useSupposed(mission);
  const [isSaving, setSaving] = useState(false);
  const options = tierOptions(mission, tier, ladder);
  const isLost = tier !== undefined && tier !== "all" && ladder.isLoaded && ladder.byId(tier) === undefined;
  return (
    <div className={classes.bar}>
      <WhatIfFrame isChanged={whatIf !== undefined}>
        <FilterSelect
          label="Tier"
          value={tier ?? mission.tierEligibility}
          options={ladder.isLoaded ? options : []}
          all={null}
          isChanged={tier !== undefined}
          onChange={(tierEligibility) => suppose({ tierEligibility: tierEligibility ?? mission.tierEligibility })}
        />
        {mission.missionType === "raffle" ? null : (
          <TargetField mission={mission} target={target} onChange={(targetValue) => suppose({ targetValue })} />
        )}
        {mission.enabled || isAlwaysEnabled ? null : (
          <FilterToggle
            label="Enabled"
            checked={enabled === true}
            onChange={(checked) => suppose({ enabled: checked })}
          />
        )}
      </WhatIfFrame>
      {isSupposing ? (
        <>
          <Button leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />} onClick={reset}>
            Reset
          </Button>
          <ActionButton
            reason={client.reasonFor("missions:write") ?? (isLost ? "The ladder has no such tier." : undefined)}
            onClick={() => setSaving(true)}
          >
            Save these terms…
          </ActionButton>
        </>
      ) : null}
      {isSaving && isSupposing ? (
        <SaveTermsDialog mission={mission} terms={{ tier, target }} onSaved={reset} onClose={() => setSaving(false)} />
      ) : null}
    </div>
  );
}

/** The tiers that can be asked for, the saved one marked while another is supposed; one that only the address names stays in sight. */
function tierOptions(mission: MissionDto, tier: string | undefined, ladder: Ladder) {
  const options = eligibilityOptions(ladder, mission.tierEligibility).map((option) =>
    option.value === mission.tierEligibility && tier !== undefined
      ? { ...option, label: `${option.label} (saved)` }
      : option,
  );
  const isLost = tier !== undefined && options.every((option) => option.value !== tier);
  return isLost ? [...options, { value: tier, label: `${tier} (not in the ladder)` }] : options;
}
