import type { AdjustmentDto } from "../../../server/adjustments/schema.ts";
import { ADJUSTMENT_WORDS, signedMetricFigure, signedMetricText } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import type { Client } from "../../lib/client.tsx";
import { RowLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { When } from "../../ui/text.tsx";
import classes from "./adjustments.module.css";

/** Whose figure, by how much, why, by whom, and whether it counts yet. */
export function adjustmentColumns(client: Client): Column<AdjustmentDto>[] {
  return [
    {
      id: "creator",
      header: "Creator",
      skeleton: 110,
      cell: (row) => <Handle row={row} subdomain={client.subdomain} />,
    },
    { id: "type", header: "Type", cell: (row) => typeText(row) },
    {
      id: "amount",
      header: client.vipMetric === "sales" ? "Amount" : "Units",
      align: "right",
      cell: (row) => signedMetricFigure(row.amount ?? row.amountUnits ?? "0", client),
    },
    { id: "reason", header: "Reason", wrap: true, skeleton: 200, cell: (row) => row.reason },
    { id: "by", header: "Entered by", quiet: true, cell: (row) => row.adjustedBy },
    { id: "at", header: "Entered", quiet: true, cell: (row) => <When at={row.createdAt} /> },
    { id: "applied", header: "Counts since", skeleton: 110, cell: (row) => <Applied row={row} /> },
  ];
}

function Handle({ row, subdomain }: { row: AdjustmentDto; subdomain: string }) {
  return (
    <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId: row.userId }}>
      @{row.handle}
    </RowLink>
  );
}

function typeText(row: AdjustmentDto): string {
  const word = ADJUSTMENT_WORDS[row.adjustmentType];
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function Applied({ row }: { row: AdjustmentDto }) {
  return row.appliedAt === null ? <StatusText status="waiting">next sync</StatusText> : <When at={row.appliedAt} />;
}

/** A row of the list as a card, for the phone. */
export const adjustmentCard = (row: AdjustmentDto) => <AdjustmentCard row={row} />;

function AdjustmentCard({ row }: { row: AdjustmentDto }) {
  const client = useClient();
  return (
    <ListCard
      title={<Handle row={row} subdomain={client.subdomain} />}
      end={<b className={classes.amount}>{signedMetricText(row.amount ?? row.amountUnits ?? "0", client)}</b>}
      facts={[
        typeText(row),
        `by ${row.adjustedBy}`,
        <When key="at" at={row.createdAt} />,
        row.appliedAt === null ? (
          <Applied key="applied" row={row} />
        ) : (
          <span key="applied">
            counts since <Applied row={row} />
          </span>
        ),
      ]}
    >
      {row.reason}
    </ListCard>
  );
}
