import type { SeededMission } from "../../../server/sync/changes/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { RowLink } from "../../ui/link.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { Count } from "../../ui/text.tsx";

interface Props {
  title: string;
  seeded: readonly SeededMission[];
  total: number;
}

/** How many rows are created of each mission. */
export function SeededMissions({ title, seeded, total }: Props) {
  const client = useClient();
  return (
    <Panel flush title={title} note={formatCount(total)}>
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
