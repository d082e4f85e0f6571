import { getRouteApi } from "@tanstack/react-router";
import type { SeedDto } from "../../../server/seeding/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { ButtonLink } from "../../ui/button-link.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { RowLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, When } from "../../ui/text.tsx";
import { LatestJob } from "./jobs/latest-job.tsx";
import { undoOf, type UndoSearch } from "./search.ts";
import { LeftCount, SeededBy, SeededMissions, SeedingState, UndoAction, UndoButton } from "./seeding-cells.tsx";
import { UndoDialog } from "./undo-dialog.tsx";
import { type Left, SEEDINGS_PAGE, useSeedings } from "./use-seedings.ts";

const route = getRouteApi("/c/$client/seedings");

/** Every seeding of the programme: who created which rows, what is left of them, and the way back. */
export function SeedingsPage() {
  const search = route.useSearch();
  const { after, before, page, undo: undoing } = search;
  const navigate = route.useNavigate();
  const place = { after, before, page };
  const { list, total, left } = useSeedings(place);
  const set = (change: UndoSearch) => void navigate({ search: (old) => ({ ...old, ...change }), resetScroll: false });
  const actions = (seed: SeedDto) => <UndoAction seed={seed} left={left} onUndo={() => set(undoOf(seed.id))} />;
  const card = (seed: SeedDto) => <Card seed={seed} left={left} onUndo={() => set(undoOf(seed.id))} />;
  return (
    <Page
      title="Seedings"
      sentence={<Sentence total={total} />}
      actions={<ExportButton list="seedings" filters={{}} count={total} noun="seeding" />}
    >
      <LatestJob />
      <DataTable
        label="Seedings"
        columns={columnsOf(left)}
        rows={list.data?.rows}
        rowKey={(seed) => seed.id}
        actions={actions}
        card={card}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<NoSeedings />}
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={SEEDINGS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "seeding" : "seedings"}
        onGo={(next) => void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false })}
      />
      {undoing === undefined ? null : <UndoDialog seedId={undoing} search={search} set={set} />}
    </Page>
  );
}

function Sentence({ total }: { total: number | undefined }) {
  if (total === undefined) {
    return <SkeletonText width="min(420px, 100%)" />;
  }
  return (
    <>
      <b>{countOf(total, "seeding")}</b> created rows, newest first. Each can be undone once: completed rows and rows
      with a redemption stay.
    </>
  );
}

function NoSeedings() {
  const { subdomain } = useClient();
  return (
    <EmptyState
      title="Nothing was seeded yet"
      action={
        <ButtonLink to="/c/$client/missions" params={{ client: subdomain }}>
          Show the missions
        </ButtonLink>
      }
    >
      A seeding that creates nothing leaves no trace. Seed a mission, or let the sync do it.
    </EmptyState>
  );
}

function columnsOf(left: Left): Column<SeedDto>[] {
  return [
    { id: "at", header: "When", cell: (seed) => <SeedingLink seed={seed} /> },
    { id: "by", header: "By", skeleton: 160, cell: (seed) => <SeededBy seed={seed} /> },
    { id: "missions", header: "Missions", skeleton: 160, wrap: true, cell: (seed) => <SeededMissions seed={seed} /> },
    { id: "created", header: "Created", align: "right", cell: (seed) => <Count value={seed.created} /> },
    { id: "left", header: "Left", align: "right", cell: (seed) => <LeftCount left={left} seedId={seed.id} /> },
    { id: "state", header: "State", width: 220, cell: (seed) => <SeedingState seed={seed} /> },
  ];
}

/** Opens the seeding with its rows: what an undo would do, or did. Whoever may not undo has nothing to open. */
function SeedingLink({ seed }: { seed: SeedDto }) {
  const client = useClient();
  return client.can("seeding:undo") ? (
    <RowLink
      to="/c/$client/seedings"
      params={{ client: client.subdomain }}
      search={(old) => ({ ...old, undo: seed.id })}
      resetScroll={false}
    >
      <When at={seed.at} />
    </RowLink>
  ) : (
    <When at={seed.at} />
  );
}

/** A seeding on the phone. */
function Card({ seed, left, onUndo }: { seed: SeedDto; left: Left; onUndo: () => void }) {
  return (
    <ListCard
      title={<SeedingLink seed={seed} />}
      end={
        <>
          <Count value={seed.created} /> created
        </>
      }
      facts={[
        <SeededBy key="by" seed={seed} />,
        <SeededMissions key="missions" seed={seed} />,
        <span key="left">
          <LeftCount left={left} seedId={seed.id} /> left
        </span>,
        ...(seed.undone === null ? [] : [<SeedingState key="state" seed={seed} />]),
      ]}
      actions={<UndoButton seed={seed} left={left} onUndo={onUndo} />}
    />
  );
}
