import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ButtonLink } from "../../ui/button-link.tsx";
import { CreatorSelectionBar, useCreatorSelection } from "../../ui/creator-selection.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar, FilterSearch } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { creatorCard } from "./creator-card.tsx";
import { creatorColumns } from "./creator-columns.tsx";
import { CREATORS_PAGE, useCreators } from "./use-creators.ts";

/** Everybody in the programme: tier, sums, and the window that the next checkpoint will judge. */
export function CreatorsPage() {
  const client = useClient();
  const { search, list, total, isFiltered, place, filter, go } = useCreators();
  const clear = () => filter({ q: undefined, tier: undefined });
  const filters = { q: search.q, tier: search.tier, sort: search.sort };
  const { selection, bar } = useCreatorSelection("creators", filters, list.data?.rows);
  return (
    <Page title="Creators" sentence={<Sentence />}>
      <CreatorsFilters
        search={search}
        filter={filter}
        end={<ExportButton list="creators" filters={filters} count={total} noun="creator" />}
      />
      <DataTable
        label="Creators"
        columns={creatorColumns(client)}
        rows={list.data?.rows}
        rowKey={(row) => row.userId}
        selection={selection}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        card={creatorCard}
        empty={isFiltered ? <NothingFits onClear={clear} /> : <NobodyYet />}
      />
      <CreatorSelectionBar {...bar} total={total} />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={CREATORS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        asOf={list.data?.asOf}
        noun={total === 1 ? "creator" : "creators"}
        onGo={go}
      />
    </Page>
  );
}

function Sentence() {
  const client = useClient();
  const ladder = useQuery(trpc.tiers.list.queryOptions({ clientId: client.id })).data;
  if (ladder === undefined) {
    return <>Everybody in the programme.</>;
  }
  const { tiers, unknownCreators } = ladder;
  const known = tiers.reduce((sum, tier) => sum + tier.creators, 0);
  const parts = tiers.toReversed().map((tier) => `${formatCount(tier.creators)} ${tier.tierName}`);
  const unknown = unknownCreators === 0 ? "" : `, ${formatCount(unknownCreators)} of unknown tier`;
  return (
    <>
      <b>{formatCount(known + unknownCreators)} creators</b>: {parts.join(", ")}
      {unknown}.
    </>
  );
}

type Listing = ReturnType<typeof useCreators>;

function CreatorsFilters({ search, filter, end }: Pick<Listing, "search" | "filter"> & { end: ReactNode }) {
  const client = useClient();
  const ladder = useLadder();
  const byRank = client.vipMetric === "sales" ? "Sales, high first" : "Units, high first";
  return (
    <FilterBar active={[search.q, search.tier].filter((value) => value !== undefined).length} end={end}>
      <FilterSearch label="Handle" value={search.q} onChange={(q) => filter({ q })} />
      <FilterSelect label="Tier" value={search.tier} options={ladder.options} onChange={(tier) => filter({ tier })} />
      <FilterSelect
        label="Sorted by"
        value={search.sort ?? "handle"}
        options={[
          { value: "handle", label: "Handle" },
          { value: "rank", label: byRank },
        ]}
        all={null}
        onChange={(sort) => filter({ sort: sort === "handle" ? undefined : sort })}
      />
    </FilterBar>
  );
}

function NothingFits({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState title="No creator fits these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
      One or two letters find handles that begin with them; from three letters on, any part of a handle.
    </EmptyState>
  );
}

function NobodyYet() {
  const client = useClient();
  return (
    <EmptyState
      title="Nobody is in the programme yet"
      action={
        <ButtonLink to="/c/$client/import" params={{ client: client.subdomain }} search={{}}>
          Import a file
        </ButtonLink>
      }
    >
      Creators come with the daily file: each new handle in it becomes one.
    </EmptyState>
  );
}
