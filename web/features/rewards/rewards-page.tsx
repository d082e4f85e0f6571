import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { RewardDto } from "../../../server/rewards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar, FilterSearch } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { RewardEditDialog } from "./reward-edit-dialog.tsx";
import { RewardCard, RewardEditAction, rewardColumns } from "./reward-columns.tsx";
import { REWARDS_PAGE, useRewards } from "./use-rewards.ts";

/** What missions give: by name, with its worth and how many missions give it. */
export function RewardsPage() {
  const client = useClient();
  const { search, list, total, filters, isFiltered, place, filter, go } = useRewards();
  const [dialog, setDialog] = useState<RewardDto | "new" | null>(null);
  const create = <NewReward onClick={() => setDialog("new")} />;
  const actions = (reward: RewardDto) => <RewardEditAction reward={reward} onEdit={() => setDialog(reward)} />;
  const card = (reward: RewardDto) => <RewardCard reward={reward} onEdit={() => setDialog(reward)} />;
  return (
    <Page title="Rewards" sentence={<Sentence />} actions={create}>
      <RewardsFilters
        search={search}
        filter={filter}
        end={<ExportButton list="rewards" filters={filters} count={total} noun="reward" />}
      />
      <DataTable
        label="Rewards"
        columns={rewardColumns(client, setDialog)}
        rows={list.data?.rows}
        rowKey={(reward) => reward.id}
        rowHeight={40}
        actions={actions}
        card={card}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          isFiltered ? (
            <EmptyState
              title="No reward fits these filters"
              action={<Button onClick={() => filter({ q: undefined, enabled: undefined })}>Clear the filters</Button>}
            >
              The filters hide the rewards there are, if any.
            </EmptyState>
          ) : (
            <EmptyState title="There is no reward yet" action={create}>
              A mission needs one before it can be activated.
            </EmptyState>
          )
        }
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={REWARDS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "reward" : "rewards"}
        onGo={go}
      />
      {dialog === null ? null : (
        <RewardEditDialog
          key={dialog === "new" ? "new" : dialog.id}
          reward={dialog === "new" ? null : dialog}
          onClose={() => setDialog(null)}
        />
      )}
    </Page>
  );
}

function Sentence() {
  const client = useClient();
  const all = useQuery(trpc.rewards.count.queryOptions({ clientId: client.id })).data;
  const off = useQuery(trpc.rewards.count.queryOptions({ clientId: client.id, enabled: false })).data;
  if (all === undefined || off === undefined) {
    return <>What missions give.</>;
  }
  return (
    <>
      <b>{countOf(all, "reward")}</b>
      {off === 0 ? "" : `, ${formatCount(off)} of them switched off`}. What was earned stays earned, whatever changes
      here.
    </>
  );
}

type Listing = ReturnType<typeof useRewards>;

function RewardsFilters({ search, filter, end }: Pick<Listing, "search" | "filter"> & { end: ReactNode }) {
  return (
    <FilterBar active={[search.q, search.enabled].filter((value) => value !== undefined).length} end={end}>
      <FilterSearch label="Name" value={search.q} onChange={(q) => filter({ q })} />
      <FilterSelect
        label="State"
        value={search.enabled === undefined ? undefined : search.enabled ? "on" : "off"}
        options={[
          { value: "on", label: "Enabled" },
          { value: "off", label: "Switched off" },
        ]}
        onChange={(state) => filter({ enabled: state === undefined ? undefined : state === "on" })}
      />
    </FilterBar>
  );
}

function NewReward({ onClick }: { onClick: () => void }) {
  const client = useClient();
  return (
    <ActionButton
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("rewards:write")}
      onClick={onClick}
    >
      New reward…
    </ActionButton>
  );
}
