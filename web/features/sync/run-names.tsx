import type { KeptKind, RunChangesDto } from "../../../server/sync/changes/schema.ts";
import { NAMES_KEPT_MONTHS } from "../../../server/sync/changes/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatMoney } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { Pager } from "../../ui/pager.tsx";
import { changeColumns } from "./change-columns.tsx";
import { CHANGE_WORDS, nobodyWords } from "./change-words.ts";
import { NAMES_PAGE, useRunNames } from "./use-changes.ts";
import { useRunSearch } from "./use-run.ts";

interface Props {
  run: RunDto;
  changes: RunChangesDto;
  kind: KeptKind;
}

/** One kind of what a run changed, by name and in pages. */
export function RunNames({ run, changes, kind }: Props) {
  const client = useClient();
  const { place, go } = useRunSearch();
  const named = changes.named[kind];
  const list = useRunNames(run, kind, named);
  const rows = named === 0 ? [] : list.data?.rows;
  const { label, one } = CHANGE_WORDS[kind];
  return (
    <>
      {kind === "redemption" && named > 0 ? <Worth changes={changes} /> : null}
      <DataTable
        label={label}
        columns={changeColumns(kind, client.subdomain)}
        rows={rows}
        rowKey={(row) => [row.userId, row.missionId, row.tierBefore, row.tierAfter, row.value].join(" ")}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        empty={<Nobody run={run} changes={changes} kind={kind} />}
      />
      {rows === undefined || rows.length === 0 ? null : (
        <Pager
          place={place}
          count={rows.length}
          pageSize={NAMES_PAGE}
          total={named}
          previous={list.data?.previous}
          next={list.data?.next}
          noun={named === 1 ? one : `${one}s`}
          onGo={go}
        >
          <ExportButton list="run-changes" filters={{ runId: run.id, kind }} count={named} noun={one} size="xs" />
        </Pager>
      )}
    </>
  );
}

/** What the redemptions are worth together. */
function Worth({ changes: { redemptionsValue, redemptionsWithoutPrice } }: { changes: RunChangesDto }) {
  const { currency } = useClient();
  return (
    <Banner tone="quiet" title={`Worth ${formatMoney(redemptionsValue, currency)} together.`}>
      {redemptionsWithoutPrice === 0 ? "" : `${countOf(redemptionsWithoutPrice, "reward")} among them without a price.`}
    </Banner>
  );
}

function Nobody({ run, changes, kind }: Props) {
  const count = changes.counts[kind];
  if (count > 0) {
    return (
      <EmptyState title={`${countOf(count, CHANGE_WORDS[kind].one)}, no longer by name`}>
        Names are kept for {NAMES_KEPT_MONTHS} months; then the counts are left.
      </EmptyState>
    );
  }
  const { title, why } = nobodyWords(run, kind);
  return <EmptyState title={title}>{why}</EmptyState>;
}
