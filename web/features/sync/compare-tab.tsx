import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Switch } from "@mantine/core";
import { useState } from "react";
import type { ComparedFigure, ComparedStep, RunComparison } from "../../../server/sync/compare/schema.ts";
import type { RunDto, RunRow } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatWhen } from "../../lib/dates.ts";
import { trpc } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Arrow, Dim, Unknown } from "../../ui/text.tsx";
import { differenceText, figureName, figureText } from "./compare-words.ts";
import { STEP_NAMES } from "./run-words.ts";
import { useRunSearch } from "./use-run.ts";

/** The run held against an earlier one, step by step and count by count. */
export function CompareTab({ run }: { run: RunDto }) {
  const { comparedWith, filter } = useRunSearch();
  const [hidesSame, setHidesSame] = useState(true);
  const earlier = useEarlier(run);
  const chosen = useChosen(run, comparedWith, earlier.data?.rows);
  const compared = useCompared(run, chosen);
  const option = useOption();
  if (earlier.data !== undefined && earlier.data.rows.length === 0) {
    return (
      <EmptyState title="There is no earlier run">This is the first; the next one can be held against it.</EmptyState>
    );
  }
  return (
    <>
      <FilterBar
        end={
          <Switch
            size="sm"
            label="Only what differs"
            checked={hidesSame}
            onChange={(event) => setHidesSame(event.currentTarget.checked)}
          />
        }
      >
        <FilterSelect
          label="Compare with"
          all={null}
          value={chosen === undefined ? undefined : String(chosen.number)}
          options={(earlier.data?.rows ?? []).map(option)}
          onChange={(number) => filter({ with: number === undefined ? undefined : Number(number) })}
        />
      </FilterBar>
      <DataTable
        label="Compared, step by step"
        columns={columnsOf(compared.data)}
        rows={compared.data === undefined ? undefined : linesOf(compared.data, hidesSame)}
        rowKey={(line) => `${line.step.position} ${line.figure.kind} ${line.figure.name}`}
        card={lineCard}
        error={compared.error ?? earlier.error}
        onRetry={() => void compared.refetch()}
        stale={compared.isPlaceholderData}
        empty={<EmptyState title="Both did the same">Every count of every step is the same in both runs.</EmptyState>}
      />
    </>
  );
}

/** The runs before this one, newest first. */
function useEarlier(run: RunDto) {
  const client = useClient();
  return useQuery({
    ...trpc.sync.list.queryOptions({ clientId: client.id, limit: 200 }),
    select: (page) => ({ rows: page.rows.filter(({ number }) => number < run.number) }),
  });
}

/** The run of the address, else the last one before that went through, else the last one before. */
function useChosen(run: RunDto, number: number | undefined, rows: readonly RunRow[] | undefined): RunRow | undefined {
  const client = useClient();
  const known = rows?.find((row) => row.number === number);
  const other = useQuery(
    trpc.sync.getByNumber.queryOptions(
      { clientId: client.id, number: number ?? 1 },
      { enabled: number !== undefined && number !== run.number && rows !== undefined && known === undefined },
    ),
  );
  if (number !== undefined && number !== run.number) {
    return known ?? other.data;
  }
  return rows?.find(({ status }) => status.startsWith("succeeded")) ?? rows?.[0];
}

function useCompared(run: RunDto, chosen: RunRow | undefined) {
  const client = useClient();
  return useQuery(
    trpc.sync.compare.queryOptions(
      { clientId: client.id, runId: run.id, withRunId: chosen?.id ?? run.id },
      { enabled: chosen !== undefined, placeholderData: keepPreviousData },
    ),
  );
}

function useOption() {
  const { timezone } = useClient();
  const now = new Date();
  return (row: RunRow) => ({
    value: String(row.number),
    label: `run ${row.number}, ${formatWhen(row.startedAt ?? row.createdAt, timezone, now)}`,
  });
}

interface Line {
  step: ComparedStep;
  figure: ComparedFigure;
}

/** Time never is the same, so it alone makes no difference. */
function linesOf({ steps }: RunComparison, hidesSame: boolean): Line[] {
  return steps
    .flatMap((step) => step.figures.map((figure) => ({ step, figure })))
    .filter(({ figure }) => !hidesSame || (figure.kind !== "time" && figure.before !== figure.after));
}

function columnsOf(compared: RunComparison | undefined): Column<Line>[] {
  const run = (side: "before" | "after") => (compared === undefined ? "Run" : `Run ${compared[side].number}`);
  return [
    { id: "step", header: "Step", cell: ({ step }) => `${step.position} ${STEP_NAMES[step.name]}` },
    { id: "figure", header: "Figure", skeleton: 140, cell: ({ step, figure }) => figureName(step, figure) },
    { id: "before", header: run("before"), align: "right", cell: ({ figure }) => <Figure of={figure} side="before" /> },
    { id: "after", header: run("after"), align: "right", cell: ({ figure }) => <Figure of={figure} side="after" /> },
    { id: "change", header: "Difference", align: "right", cell: ({ figure }) => <Difference of={figure} /> },
  ];
}

/** A figure as a card, for the phone. */
const lineCard = (line: Line) => <LineCard line={line} />;

function LineCard({ line: { step, figure } }: { line: Line }) {
  return (
    <ListCard
      title={figureName(step, figure)}
      end={<Difference of={figure} />}
      facts={[
        `Step ${step.position}, ${STEP_NAMES[step.name]}`,
        <>
          <Figure of={figure} side="before" /> <Arrow /> <Figure of={figure} side="after" />
        </>,
      ]}
    />
  );
}

function Figure({ of, side }: { of: ComparedFigure; side: "before" | "after" }) {
  const text = figureText(of, of[side]);
  return text === null ? <Unknown /> : text === "0" ? <Dim>0</Dim> : <>{text}</>;
}

function Difference({ of }: { of: ComparedFigure }) {
  const text = differenceText(of);
  return text === null ? <Unknown /> : text === "0" ? <Dim>0</Dim> : <b>{text}</b>;
}
