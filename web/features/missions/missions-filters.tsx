import { useQuery } from "@tanstack/react-query";
import { missionStates } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { trpc } from "../../lib/trpc.ts";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar, FilterSearch } from "../../ui/filter-bar.tsx";
import { type FilterOption, FilterSelect } from "../../ui/filter-select.tsx";
import { STATE_WORDS } from "../../lib/mission-words.ts";
import { ViewSwitch } from "./coverage/view-switch.tsx";
import { useMissionsSearch } from "./use-missions.ts";

const states = missionStates.map((state) => ({ value: state, label: STATE_WORDS[state].toLowerCase() }));

/** The filters of the missions list: name, state, tier. */
export function MissionsFilters() {
  const ladder = useLadder();
  const { filters, filter, view } = useMissionsSearch();
  const active = Object.values(filters).filter((value) => value !== undefined).length;
  return (
    <FilterBar
      active={active}
      end={
        <>
          <ViewSwitch />
          {view === "coverage" ? null : <MissionsExport />}
        </>
      }
    >
      <FilterSearch label="Filter by name" value={filters.q} onChange={(q) => filter({ q })} />
      <FilterSelect label="State" value={filters.state} options={states} onChange={(state) => filter({ state })} />
      <FilterSelect
        label="Tier"
        value={filters.tier}
        options={tierOptions(ladder.options, filters.tier)}
        onChange={(tier) => filter({ tier })}
      />
    </FilterBar>
  );
}

function MissionsExport() {
  const client = useClient();
  const { filters } = useMissionsSearch();
  const total = useQuery(trpc.missions.count.queryOptions({ clientId: client.id, ...filters })).data;
  return <ExportButton list="missions" filters={filters} count={total} noun="mission" />;
}

/** Every tier a mission can ask for; one that the address names and the ladder lacks is kept. */
function tierOptions(tiers: readonly FilterOption<string>[], chosen: string | undefined) {
  const known = [{ value: "all", label: "open to all" }, ...tiers];
  const isMissing = chosen !== undefined && known.every((option) => option.value !== chosen);
  return isMissing ? [...known, { value: chosen, label: chosen }] : known;
}
