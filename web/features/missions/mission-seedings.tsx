import type { MissionDto } from "../../../server/missions/schema.ts";
import type { SeedDto } from "../../../server/seeding/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { Pager } from "../../ui/pager.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Dim, When } from "../../ui/text.tsx";
import { undoOf } from "./search.ts";
import { LeftCount, SeededBy, SeedingState, UndoAction, UndoButton } from "./seeding-cells.tsx";
import { UndoDialog } from "./undo-dialog.tsx";
import { useMissionSearch } from "./use-mission.ts";
import { type Left, SEEDINGS_PAGE, useSeedings } from "./use-seedings.ts";

/** Every seeding that created rows of this mission, newest first, with the mission's own numbers. */
export function MissionSeedings({ mission }: { mission: MissionDto }) {
  const { search, place, go, set } = useMissionSearch();
  const { list, total, left } = useSeedings(place, mission.id);
  const undo = (seed: SeedDto) => set(undoOf(seed.id));
  const actions = (seed: SeedDto) => <UndoAction seed={seed} left={wholeLeft(seed, left)} onUndo={() => undo(seed)} />;
  const card = (seed: SeedDto) => <Card seed={seed} missionId={mission.id} left={left} onUndo={() => undo(seed)} />;
  return (
    <>
      <DataTable
        label="Seedings"
        columns={columnsOf(mission.id, left)}
        rows={list.data?.rows}
        rowKey={(seed) => seed.id}
        actions={actions}
        card={card}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <EmptyState title="This mission was never seeded">
            A seeding that creates nothing leaves no trace. The first one that creates rows will stand here.
          </EmptyState>
        }
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={SEEDINGS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "seeding" : "seedings"}
        onGo={go}
      >
        <ExportButton list="seedings" filters={{ missionId: mission.id }} count={total} noun="seeding" size="xs" />
      </Pager>
      {search.undo === undefined ? null : <UndoDialog seedId={search.undo} search={search} set={set} />}
    </>
  );
}

function columnsOf(missionId: string, left: Left): Column<SeedDto>[] {
  return [
    { id: "at", header: "When", cell: (seed) => <When at={seed.at} /> },
    { id: "by", header: "By", skeleton: 120, cell: (seed) => <SeededBy seed={seed} /> },
    {
      id: "created",
      header: "Created",
      align: "right",
      cell: (seed) => <Count value={createdIn(seed, missionId)} />,
    },
    { id: "left", header: "Left", align: "right", cell: (seed) => <LeftCount left={left} seedId={seed.id} /> },
    {
      id: "others",
      header: "Other missions",
      quiet: true,
      cell: (seed) => <Others seed={seed} missionId={missionId} />,
    },
    { id: "state", header: "State", width: 220, cell: (seed) => <SeedingState seed={seed} /> },
  ];
}

function createdIn(seed: SeedDto, missionId: string): number | undefined {
  return seed.perMission.find((one) => one.missionId === missionId)?.created;
}

/** What is left of the mission's rows says whether there is anything to undo only where the seeding made no others. */
function wholeLeft(seed: SeedDto, left: Left): Left {
  return seed.perMission.length > 1 ? undefined : left;
}

/** What the same seeding created elsewhere: an undo takes it back as a whole. */
function Others({ seed, missionId }: { seed: SeedDto; missionId: string }) {
  const others = seed.perMission.filter((one) => one.missionId !== missionId);
  if (others.length === 0) {
    return <Dim>none</Dim>;
  }
  const rows = others.reduce((sum, one) => sum + one.created, 0);
  return (
    <span title={others.map(({ name, created }) => `${name}: ${formatCount(created)}`).join(", ")}>
      {countOf(rows, "row")} in {countOf(others.length, "other")}
    </span>
  );
}

interface CardProps {
  seed: SeedDto;
  missionId: string;
  left: Left;
  onUndo: () => void;
}

/** A seeding of the mission on the phone. */
function Card({ seed, missionId, left, onUndo }: CardProps) {
  return (
    <ListCard
      title={<When at={seed.at} />}
      end={
        <>
          <Count value={createdIn(seed, missionId)} /> created
        </>
      }
      facts={[
        <SeededBy key="by" seed={seed} />,
        <span key="left">
          <LeftCount left={left} seedId={seed.id} /> left
        </span>,
        ...(seed.undone === null ? [] : [<SeedingState key="state" seed={seed} />]),
      ]}
      actions={<UndoButton seed={seed} left={wholeLeft(seed, left)} onUndo={onUndo} />}
    />
  );
}
