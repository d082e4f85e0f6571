import type { MissionCountsDto } from "../../../server/missions/schema.ts";
import { formatCount } from "../../lib/numbers.ts";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar, FilterSearch } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { useMissionSearch } from "./use-mission.ts";
import { useProgress } from "./use-progress.ts";

const STATUSES = ["active", "dormant", "completed", "over"] as const;

/** The filters of the progress list: handle, and status with its count. */
export function ProgressFilters({ counts }: { counts: MissionCountsDto | undefined }) {
  const { search, filter } = useMissionSearch();
  const { filters, total } = useProgress();
  const options = STATUSES.map((value) => ({
    value,
    label: counts === undefined ? value : `${value} (${formatCount(counts[value])})`,
  }));
  const active = [search.q, search.status].filter((value) => value !== undefined).length;
  return (
    <FilterBar active={active} end={<ExportButton list="progress" filters={filters} count={total} />}>
      <FilterSearch label="Handle" value={search.q} onChange={(q) => filter({ q })} />
      <FilterSelect label="Status" value={search.status} options={options} onChange={(status) => filter({ status })} />
    </FilterBar>
  );
}
