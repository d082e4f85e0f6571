import { IconMasksTheater, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import type { ImportCheckDto, ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import type { useStartRehearsal } from "../../lib/start-rehearsal.ts";
import type { useStartSync } from "../../lib/start-sync.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { takenText } from "./check-words.ts";

interface Props {
  file: ImportDto;
  check: ImportCheckDto | undefined;
  sync: ReturnType<typeof useStartSync>;
  rehearsal: ReturnType<typeof useStartRehearsal>;
  onDiscard: () => void;
  /** nothing unless all rows are valid */
  allOrNothing: boolean;
}

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** Discard the file, play a sync with it, or import it with a run. */
export function CheckActions({ file, check, sync, rehearsal, onDiscard, allOrNothing }: Props) {
  const client = useClient();
  const blocked = check === undefined ? "The file is not checked yet." : check.refusal?.message;
  const kept =
    allOrNothing && check !== undefined && check.counts.rejected > 0
      ? `${countOf(check.counts.rejected, "row")} of the file cannot go in, and you chose to import all or nothing. Correct them first.`
      : undefined;
  return (
    <>
      <ActionButton
        leftSection={<IconTrash {...icon} />}
        reason={client.reasonFor("imports:write")}
        onClick={onDiscard}
      >
        Discard…
      </ActionButton>
      <ActionButton
        leftSection={<IconMasksTheater {...icon} />}
        reason={client.reasonFor("sync:run") ?? blocked}
        loading={rehearsal.isStarting}
        onClick={() => rehearsal.startNow({ importId: file.id })}
      >
        Rehearse with this file
      </ActionButton>
      <ActionButton
        variant="filled"
        leftSection={<IconPlayerPlay {...icon} />}
        reason={client.reasonFor("sync:run") ?? blocked ?? kept}
        loading={sync.isStarting}
        onClick={() => sync.startNow({ importId: file.id, allOrNothing })}
      >
        {check === undefined ? "Import and run sync" : `Import ${takenText(check.counts)} and run sync`}
      </ActionButton>
    </>
  );
}
