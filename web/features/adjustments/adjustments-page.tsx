import { Button } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { adjustmentCard, adjustmentColumns } from "./adjustment-columns.tsx";
import { AdjustmentDialog } from "./adjustment-dialog.tsx";
import { ADJUSTMENTS_PAGE, useAdjustments } from "./use-adjustments.ts";

/** Corrections by hand: append-only, each applied once by the sync after it. */
export function AdjustmentsPage() {
  const client = useClient();
  const adjustments = useAdjustments();
  const { list, total, isFiltered, filter } = adjustments;
  const [isAdding, setAdding] = useState(false);
  const add = <NewAdjustment onClick={() => setAdding(true)} />;
  return (
    <Page title="Adjustments" sentence={<Sentence />} actions={add}>
      <Filters adjustments={adjustments} />
      <DataTable
        label="Adjustments"
        columns={adjustmentColumns(client)}
        rows={list.data?.rows}
        rowKey={(row) => row.id}
        card={adjustmentCard}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          isFiltered ? (
            <EmptyState
              title="No adjustment fits these filters"
              action={
                <Button onClick={() => filter({ isPending: undefined, userId: undefined })}>Clear the filters</Button>
              }
            >
              The filters hide the adjustments there are, if any.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing was adjusted yet" action={add}>
              Sums come from the files. What the files miss, such as a refund, is entered here with its reason.
            </EmptyState>
          )
        }
      />
      <Pager
        place={adjustments.place}
        count={list.data?.rows.length}
        pageSize={ADJUSTMENTS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "adjustment" : "adjustments"}
        onGo={adjustments.go}
      />
      {isAdding ? <AdjustmentDialog onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

function Sentence() {
  const client = useClient();
  const all = useQuery(trpc.adjustments.count.queryOptions({ clientId: client.id })).data;
  const pending = useQuery(trpc.adjustments.count.queryOptions({ clientId: client.id, isPending: true })).data;
  if (all === undefined || pending === undefined) {
    return <>They count towards totals and tiers, never towards missions.</>;
  }
  const waiting = `${formatCount(pending)} ${pending === 1 ? "waits" : "wait"} for the next sync`;
  return (
    <>
      <b>{countOf(all, "adjustment")}</b>
      {all === 0 ? "" : `; ${waiting}`}. They count towards totals and tiers, never towards missions.
    </>
  );
}

function Filters({ adjustments }: { adjustments: ReturnType<typeof useAdjustments> }) {
  const { search, list, total, filters, filter } = adjustments;
  const handle = list.data?.rows.find((row) => row.userId === search.userId)?.handle;
  return (
    <FilterBar
      active={[search.isPending, search.userId].filter((value) => value !== undefined).length}
      end={<ExportButton list="adjustments" filters={filters} count={total} noun="adjustment" />}
    >
      <FilterSelect
        label="State"
        value={search.isPending === undefined ? undefined : search.isPending ? "pending" : "applied"}
        options={[
          { value: "pending", label: "Waits for the next sync" },
          { value: "applied", label: "Applied" },
        ]}
        onChange={(state) => filter({ isPending: state === undefined ? undefined : state === "pending" })}
      />
      {search.userId === undefined ? null : (
        <Button
          rightSection={<IconX size={14} stroke={1.75} aria-hidden />}
          aria-label="Show adjustments of everybody"
          onClick={() => filter({ userId: undefined })}
        >
          {handle === undefined ? "Only one creator" : `Only @${handle}`}
        </Button>
      )}
    </FilterBar>
  );
}

function NewAdjustment({ onClick }: { onClick: () => void }) {
  const client = useClient();
  return (
    <ActionButton
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("adjustments:write")}
      onClick={onClick}
    >
      New adjustment…
    </ActionButton>
  );
}
