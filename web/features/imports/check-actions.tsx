import { IconMasksTheater, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import type { ImportCheckDto, ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import type { useStartRehearsal } from "../../lib/start-rehearsal.ts";
import type { useStartSync } from "../../lib/start-sync.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { takenRows } from "./check-words.ts";

interface Props {
  file: ImportDto;
  check: ImportCheckDto | undefined;
  sync: ReturnType<typeof useStartSync>;
  rehearsal: ReturnType<typeof useStartRehearsal>;
  onDiscard: () => void;
}

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** Discard the file, play a sync with it, or import it with a run. */
export function CheckActions({ file, check, sync, rehearsal, onDiscard }: Props) {
  const client = useClient();
  const blocked = check === undefined ? "The file is not checked yet." : check.refusal?.message;
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
        reason={client.reasonFor("sync:run") ?? blocked}
        loading={sync.isStarting}
        onClick={() => sync.startNow({ importId: file.id })}
      >
        {check === undefined ? "Import and run sync" : `Import ${countOf(takenRows(check.counts), "row")} and run sync`}
      </ActionButton>
    </>
  );
}
