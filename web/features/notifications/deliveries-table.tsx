import { TextButton } from "../../ui/link.tsx";
import type { DeliveryDto } from "../../../server/notifications/schema.ts";
import { deliveryStatuses } from "../../../server/notifications/schema.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { Pager } from "../../ui/pager.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, When } from "../../ui/text.tsx";
import { DeliveryDrawer } from "./delivery-drawer.tsx";
import { statusOf } from "./notification-words.ts";
import { DELIVERIES_PAGE, useDeliveries } from "./use-notifications.ts";

/** What was sent, newest first; a row opens its attempts. */
export function DeliveriesTable() {
  const deliveries = useDeliveries();
  const { search, list, total, open } = deliveries;
  const rows = list.data?.rows;
  const card = (row: DeliveryDto) => <DeliveryCard row={row} open={open} />;
  return (
    <>
      <FilterBar active={search.status === undefined ? 0 : 1}>
        <FilterSelect
          label="State of a delivery"
          value={search.status}
          options={deliveryStatuses.map((value) => ({ value, label: statusOf({ status: value, attempts: [] }).word }))}
          onChange={(status) => deliveries.filter({ status })}
        />
      </FilterBar>
      <DataTable
        label="Deliveries"
        columns={columnsFor(open)}
        rows={rows}
        rowKey={(row) => row.id}
        selectedKey={search.delivery}
        onRowClick={(row) => open(row.id)}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        card={card}
        empty={
          <EmptyState title={search.status === undefined ? "Nothing was sent yet" : "No delivery fits this filter"}>
            What is sent stands here with every attempt and its answer.
          </EmptyState>
        }
      />
      <Pager
        place={deliveries.place}
        count={rows?.length}
        pageSize={DELIVERIES_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "delivery" : "deliveries"}
        onGo={deliveries.go}
      />
      <DeliveryDrawer delivery={rows?.find((row) => row.id === search.delivery)} onClose={() => open(undefined)} />
    </>
  );
}

function DeliveryCard({ row, open }: { row: DeliveryDto; open: (id: string) => void }) {
  return (
    <ListCard
      title={<TextButton onClick={() => open(row.id)}>{firstLine(row)}</TextButton>}
      end={<State row={row} />}
      facts={[row.channel.name, <When key="at" at={row.createdAt} />]}
    />
  );
}

function firstLine({ text }: DeliveryDto): string {
  return text.split("\n")[0] ?? "";
}

function State({ row }: { row: DeliveryDto }) {
  const { status, word } = statusOf(row);
  return <StatusText status={status}>{word}</StatusText>;
}

function columnsFor(open: (id: string) => void): Column<DeliveryDto>[] {
  return [
    {
      id: "text",
      header: "What was told",
      skeleton: 220,
      cell: (row) => <TextButton onClick={() => open(row.id)}>{firstLine(row)}</TextButton>,
    },
    { id: "channel", header: "Channel", cell: (row) => row.channel.name },
    { id: "status", header: "State", cell: (row) => <State row={row} /> },
    { id: "attempts", header: "Attempts", align: "right", cell: (row) => <Count value={row.attempts.length} /> },
    { id: "at", header: "Told", align: "right", quiet: true, cell: (row) => <When at={row.createdAt} /> },
  ];
}
