import { IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { guardNames, guards, LEAST_JUDGED } from "../../../server/sync/guards/schema.ts";
import type { GuardName, GuardsDto } from "../../../server/sync/guards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatDecimal, formatMoneyShort } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { Page } from "../../ui/page.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, When } from "../../ui/text.tsx";
import { GUARD_WORDS } from "./guard-words.ts";
import { GuardsDialog } from "./guards-dialog.tsx";

/** From which size on a step holds its run, and who changed that last. */
export function GuardsPage() {
  const client = useClient();
  const [isEditing, setEditing] = useState(false);
  const read = useQuery(trpc.guards.get.queryOptions({ clientId: client.id }));
  return (
    <Page
      title="Guards"
      sentence={<Sentence data={read.data} />}
      actions={
        <ActionButton
          variant="filled"
          leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />}
          reason={
            client.reasonFor("guards:write") ?? (read.data === undefined ? "They are still being read." : undefined)
          }
          onClick={() => setEditing(true)}
        >
          Edit guards…
        </ActionButton>
      }
    >
      <DataTable
        label="Guards"
        columns={columnsOf(client.currency)}
        rows={read.data === undefined ? undefined : linesOf(read.data)}
        rowKey={({ name }) => name}
        card={guardCard}
        error={read.error}
        onRetry={() => void read.refetch()}
        empty={<EmptyState title="There are no guards">Nothing holds a run.</EmptyState>}
      />
      <Dim>
        A step that would do more is taken back before it is saved, and its run waits for an owner. Percentages are
        judged from {LEAST_JUDGED} creators, rows or videos on: less says nothing, and a first night is never held for
        having had nobody before.
      </Dim>
      {isEditing && read.data !== undefined ? (
        <GuardsDialog thresholds={read.data.thresholds} onClose={() => setEditing(false)} />
      ) : null}
    </Page>
  );
}

function Sentence({ data }: { data: GuardsDto | undefined }) {
  if (data === undefined) {
    return <>From which size on a step holds its run.</>;
  }
  const on = guardNames.filter((name) => data.thresholds[name] !== null).length;
  return (
    <>
      <b>
        {on} of {guardNames.length} guards
      </b>{" "}
      look at every run before a step is saved.{" "}
      {data.updatedAt === null ? (
        "All thresholds are as they come."
      ) : (
        <>
          Changed <When at={data.updatedAt} />.
        </>
      )}
    </>
  );
}

interface Line {
  name: GuardName;
  threshold: string | null;
}

function linesOf({ thresholds }: GuardsDto): Line[] {
  return guardNames.map((name) => ({ name, threshold: thresholds[name] }));
}

function columnsOf(currency: string): Column<Line>[] {
  return [
    { id: "guard", header: "Guard", skeleton: 140, cell: ({ name }) => GUARD_WORDS[name].label },
    { id: "step", header: "Before step", cell: ({ name }) => GUARD_WORDS[name].step },
    {
      id: "what",
      header: "Looks at",
      quiet: true,
      wrap: true,
      skeleton: 260,
      cell: ({ name }) => GUARD_WORDS[name].description,
    },
    {
      id: "threshold",
      header: "Holds above",
      align: "right",
      cell: ({ name, threshold }) => (threshold === null ? <Dim>off</Dim> : thresholdText(name, threshold, currency)),
    },
    {
      id: "default",
      header: "By default",
      align: "right",
      quiet: true,
      cell: ({ name }) => thresholdText(name, guards[name].byDefault, currency),
    },
  ];
}

/** A guard as a card, for the phone. */
const guardCard = (line: Line) => <GuardCard line={line} />;

function GuardCard({ line: { name, threshold } }: { line: Line }) {
  const { currency } = useClient();
  const { label, step, description } = GUARD_WORDS[name];
  return (
    <ListCard
      title={label}
      end={threshold === null ? <Dim>off</Dim> : <b>{thresholdText(name, threshold, currency)}</b>}
      facts={[`Before step ${step}`, `by default ${thresholdText(name, guards[name].byDefault, currency)}`]}
    >
      <Dim>{description}</Dim>
    </ListCard>
  );
}

function thresholdText(name: GuardName, threshold: string, currency: string): string {
  const { unit } = guards[name];
  if (unit === "money") {
    return formatMoneyShort(threshold, currency);
  }
  return unit === "percent" ? `${formatDecimal(threshold)} %` : formatDecimal(threshold);
}
