import type { RehearsalRow } from "../../../server/sync/rehearsal/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { RowLink } from "../../ui/link.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { REHEARSAL_STATUS, REHEARSAL_WORDS, wouldWords } from "./rehearsal-words.ts";
import { useRehearsals } from "./use-rehearsal.ts";

const SHOWN = 5;

/** The last rehearsals, below the runs; nothing as long as nobody has rehearsed. */
export function RehearsalsPanel() {
  const rows = useRehearsals().data ?? [];
  if (rows.length === 0) {
    return null;
  }
  return (
    <Panel flush title="Rehearsals" note="kept for a week">
      {rows.slice(0, SHOWN).map((row) => (
        <Rehearsal key={row.id} row={row} />
      ))}
    </Panel>
  );
}

function Rehearsal({ row }: { row: RehearsalRow }) {
  const client = useClient();
  const words = row.status === "finished" ? (wouldWords(row.totals, client.currency) ?? "change nobody") : null;
  return (
    <PanelRow end={<StatusText status={REHEARSAL_STATUS[row.status]}>{REHEARSAL_WORDS[row.status]}</StatusText>}>
      <RowLink
        to="/c/$client/sync/rehearsals/$rehearsalId"
        params={{ client: client.subdomain, rehearsalId: row.id }}
        search={{}}
      >
        <When at={row.at} />
      </RowLink>{" "}
      <Dim>
        {row.byName}, {row.fileName ?? "without a new file"}
        {words === null ? "" : `; would ${words}`}
      </Dim>
    </PanelRow>
  );
}
