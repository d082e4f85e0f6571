import type { KeptKind } from "../../../server/sync/changes/schema.ts";
import { keptKinds } from "../../../server/sync/changes/schema.ts";
import type { HoldDto } from "../../../server/sync/guards/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { Pager } from "../../ui/pager.tsx";
import { changeColumns } from "./change-columns.tsx";
import { CHANGE_WORDS } from "./change-words.ts";
import { NAMES_PAGE } from "./use-changes.ts";
import { useHeldNames } from "./use-holds.ts";
import { useRunSearch } from "./use-run.ts";

const COUNTED = { created: "creatorsCreated", redemption: "redemptions" } as const satisfies Partial<
  Record<KeptKind, string>
>;

/** What the held step would do, by name, kind by kind; nothing of it is written. */
export function HeldNames({ run, hold }: { run: RunDto; hold: HoldDto }) {
  const { kind: chosen, filter } = useRunSearch();
  const kinds = kindsOf(hold);
  const shown = kinds.find((kind) => kind === chosen) ?? kinds[0];
  if (shown === undefined) {
    return null;
  }
  return (
    <>
      <PageTabs
        label="What the held step would do"
        value={shown}
        onChange={(kind) => filter({ kind })}
        tabs={kinds.map((kind) => ({
          key: kind,
          label: `Would be: ${CHANGE_WORDS[kind].label.toLowerCase()}`,
          count: totalOf(hold, kind),
        }))}
      />
      <Names key={shown} run={run} hold={hold} kind={shown} />
    </>
  );
}

/** The kind that tripped stands first. */
function kindsOf({ named, trips }: HoldDto): KeptKind[] {
  const tripped = (kind: KeptKind) => (trips.some(({ guard }) => guard.startsWith(kind)) ? 0 : 1);
  return keptKinds.filter((kind) => (named[kind] ?? 0) > 0).toSorted((one, other) => tripped(one) - tripped(other));
}

function totalOf({ counts, named }: HoldDto, kind: KeptKind): number {
  const name: string = kind in COUNTED ? COUNTED[kind as keyof typeof COUNTED] : kind;
  return Math.max(counts[name] ?? 0, named[kind] ?? 0);
}

function Names({ run, hold, kind }: { run: RunDto; hold: HoldDto; kind: KeptKind }) {
  const client = useClient();
  const { place, go } = useRunSearch();
  const list = useHeldNames(run, hold.number, kind);
  const named = hold.named[kind] ?? 0;
  const rest = totalOf(hold, kind) - named;
  const { label, one } = CHANGE_WORDS[kind];
  return (
    <>
      {rest > 0 ? (
        <Banner tone="quiet" title={`The first ${formatCount(named)} are named.`}>
          {countOf(rest, one)} more are counted.
        </Banner>
      ) : null}
      <DataTable
        label={`${label}, not written`}
        columns={changeColumns(kind, client.subdomain)}
        rows={list.data?.rows}
        rowKey={(row) => [row.handle, row.missionId, row.tierBefore, row.tierAfter, row.value].join(" ")}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        empty={<EmptyState title="Nobody is named">The step would change nobody by name.</EmptyState>}
      />
      {list.data === undefined || list.data.rows.length === 0 ? null : (
        <Pager
          place={place}
          count={list.data.rows.length}
          pageSize={NAMES_PAGE}
          total={named}
          previous={list.data.previous}
          next={list.data.next}
          noun={named === 1 ? one : `${one}s`}
          onGo={go}
        >
          <ExportButton
            list="held-changes"
            filters={{ runId: run.id, number: hold.number, kind }}
            count={named}
            noun={one}
            size="xs"
          />
        </Pager>
      )}
    </>
  );
}
