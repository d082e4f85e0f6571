import type { RehearsalDto } from "../../../server/sync/rehearsal/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { RowLink } from "../../ui/link.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { Count } from "../../ui/text.tsx";

/** How many rows the night would create of each mission. */
export function SeededMissions({ rehearsal: { seeded, totals } }: { rehearsal: RehearsalDto }) {
  const client = useClient();
  return (
    <Panel flush title="Rows to create, by mission" note={formatCount(totals.seeded)}>
      {seeded.map(({ missionId, missionName, count }) => (
        <PanelRow key={missionId} end={<Count value={count} />}>
          <RowLink to="/c/$client/missions/$missionId" params={{ client: client.subdomain, missionId }}>
            {missionName}
          </RowLink>
        </PanelRow>
      ))}
    </Panel>
  );
}
