import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import type { CountsById } from "./missions-table.tsx";
import { NOTHING_TO_CREATE } from "./seed-reason.ts";
import classes from "./missions.module.css";

interface Props {
  missions: readonly MissionDto[];
  counts: CountsById;
  onSeed: () => void;
  onClear: () => void;
}

/** What can be done with the ticked missions. */
export function BulkBar({ missions, counts, onSeed, onClear }: Props) {
  const client = useClient();
  const open =
    counts === undefined || counts === "failed"
      ? undefined
      : missions.reduce((sum, mission) => sum + (counts.get(mission.id)?.notSeeded ?? 0), 0);
  const reason = client.reasonFor("seeding:run") ?? reasonFor(missions, open);
  return (
    <div className={classes.bulk} role="status">
      <span>
        <b>{countOf(missions.length, "mission")}</b> chosen
        {open === undefined ? "" : `; ${countOf(open, "row")} not seeded yet`}
      </span>
      <ActionButton leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />} reason={reason} onClick={onSeed}>
        Seed selected…
      </ActionButton>
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

function reasonFor(missions: readonly MissionDto[], open: number | undefined): string | undefined {
  if (missions.every((mission) => !mission.enabled)) {
    return "Only drafts are chosen. Enable one, then it can be seeded.";
  }
  return open === 0 ? NOTHING_TO_CREATE : undefined;
}
