import { useQuery } from "@tanstack/react-query";
import { MOST_TICKED } from "../../../server/exports/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useRowSelection } from "../../lib/use-row-selection.ts";
import type { Selection } from "../../ui/table-types.ts";
import { tickBoxes } from "../../ui/tick-boxes.tsx";
import { useMissionsSearch } from "./use-missions.ts";

/** The ticks of the missions list: `selection` for its table, `chosen` for what can be done with them. */
export function useMissionSelection(rows: readonly MissionDto[] | undefined) {
  const client = useClient();
  const { filters } = useMissionsSearch();
  const held = useRowSelection(JSON.stringify(filters));
  const { isAll } = held.ticks;
  const page = new Map((rows ?? []).map((mission) => [mission.id, mission.name]));
  // Seeding takes the missions by name: all that match are read once they are chosen.
  const matching = useQuery(
    trpc.missions.list.queryOptions({ clientId: client.id, ...filters, limit: MOST_TICKED }, { enabled: isAll }),
  ).data?.rows;
  const known = new Map([...(rows ?? []), ...(matching ?? [])].map((mission) => [mission.id, mission]));
  const missionIds = isAll ? matching?.map(({ id }) => id) : [...held.ticks.rows.keys()];
  const selection: Selection = {
    selected: new Set(isAll ? page.keys() : held.ticks.rows.keys()),
    onChange: (selected) => held.select(selected, page),
    nameOf: (key) => `Select ${page.get(key) ?? "mission"}`,
    boxes: tickBoxes,
  };
  return { selection, chosen: { held, page, known, missionIds, filters } };
}
