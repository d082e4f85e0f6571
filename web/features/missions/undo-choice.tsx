import { Checkbox } from "@mantine/core";
import type { UndoDto } from "../../../server/seeding/undo/schema.ts";
import { countOf } from "../../lib/numbers.ts";
import { Stack } from "../../ui/page.tsx";
import classes from "./missions.module.css";
import { stayingText, undoneText } from "./undo-words.ts";

interface Props {
  preview: UndoDto;
  isOff: (missionId: string) => boolean;
  onChange: (missionIds: readonly string[], isOff: boolean) => void;
}

/** As long as a mission is enabled its rows come back; offers to switch it off in the same step. */
export function UndoChoice({ preview, isOff, onChange }: Props) {
  const ids = preview.missionsStillEnabled.map(({ id }) => id);
  if (ids.length === 0) {
    return null;
  }
  const off = ids.filter(isOff).length;
  return (
    <Stack gap={8}>
      <span>
        As long as {ids.length === 1 ? "the mission is" : "these missions are"} enabled, the next seeding or sync
        creates the rows again.
      </span>
      {ids.length === 1 ? null : (
        <Checkbox
          checked={off === ids.length}
          indeterminate={off > 0 && off < ids.length}
          label={`Disable all ${countOf(ids.length, "mission")} in the same step`}
          onChange={(event) => onChange(ids, event.currentTarget.checked)}
        />
      )}
      <ul className={ids.length === 1 ? classes.choices : classes.choicesBelow}>
        {preview.missionsStillEnabled.map(({ id, name }) => (
          <li key={id}>
            <Checkbox
              checked={isOff(id)}
              label={ids.length === 1 ? `Disable ${name} in the same step` : `Disable ${name}`}
              description={descriptionOf(preview, id)}
              onChange={(event) => onChange([id], event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </Stack>
  );
}

/** With several missions the numbers of each stand here; of one alone the sum line tells them. */
function descriptionOf({ perMission }: UndoDto, id: string): string {
  const own = perMission.find(({ missionId }) => missionId === id);
  if (own === undefined) {
    return "";
  }
  const staying = stayingText(own.staying);
  return perMission.length === 1 ? staying : `${undoneText(own)}. ${staying}`;
}
