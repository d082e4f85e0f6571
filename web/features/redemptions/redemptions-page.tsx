import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { redemptionStatuses } from "../../../server/redemptions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { REDEMPTION_STATUS } from "../../ui/redemption-status.tsx";
import { CauseDrawer } from "./cause-drawer.tsx";
import { redemptionCard, whyAction } from "./redemption-card.tsx";
import { redemptionColumns } from "./redemption-columns.tsx";
import { REDEMPTIONS_PAGE, useRedemptions } from "./use-redemptions.ts";

const STATUS_OPTIONS = redemptionStatuses.map((value) => ({ value, label: REDEMPTION_STATUS[value].word }));

/** Every reward that was earned, newest first, and how far it has come. */
export function RedemptionsPage() {
  const client = useClient();
  const { search, list, total, filters, isFiltered, place, filter, go, why, explain } = useRedemptions();
  return (
    <Page title="Redemptions" sentence={<Sentence />}>
      <FilterBar
        active={[search.status, search.missionId].filter((value) => value !== undefined).length}
        end={<ExportButton list="redemptions" filters={filters} count={total} noun="redemption" />}
      >
        <FilterSelect
          label="Status"
          value={search.status}
          options={STATUS_OPTIONS}
          onChange={(status) => filter({ status })}
        />
        <MissionFilter value={search.missionId} onChange={(missionId) => filter({ missionId })} />
      </FilterBar>
      <DataTable
        label="Redemptions"
        columns={redemptionColumns(client)}
        rows={list.data?.rows}
        rowKey={(row) => row.id}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        card={redemptionCard(explain)}
        selectedKey={why}
        onRowClick={(row) => explain(row.id)}
        actions={whyAction(explain)}
        empty={<Empty isFiltered={isFiltered} onClear={() => filter({ status: undefined, missionId: undefined })} />}
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={REDEMPTIONS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "redemption" : "redemptions"}
        onGo={go}
      />
      {why === undefined ? null : (
        <CauseDrawer redemptionId={why} rows={list.data?.rows} onShow={explain} onClose={() => explain(undefined)} />
      )}
    </Page>
  );
}

function Sentence() {
  const client = useClient();
  const all = useQuery(trpc.redemptions.count.queryOptions({ clientId: client.id })).data;
  const waiting = useQuery(trpc.redemptions.count.queryOptions({ clientId: client.id, status: "claimable" })).data;
  if (all === undefined || waiting === undefined) {
    return <>Rewards that were earned, newest first.</>;
  }
  return (
    <>
      <b>{formatCount(all)} rewards</b> were earned; {formatCount(waiting)} wait to be claimed.
    </>
  );
}

function MissionFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const client = useClient();
  const missions = useQuery(trpc.missions.list.queryOptions({ clientId: client.id, limit: 200 }));
  const options = (missions.data?.rows ?? []).map((mission) => ({ value: mission.id, label: mission.name }));
  return <FilterSelect label="Mission" value={value} options={options} onChange={onChange} />;
}

function Empty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return isFiltered ? (
    <EmptyState title="No redemption fits these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
      The filters hide the redemptions there are, if any.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was earned yet">
      A redemption is made by the sync when a creator completes a mission that has a reward.
    </EmptyState>
  );
}
