import type { CreatorRow } from "../../../server/creators/schema.ts";
import type { ClientContext } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { RowLink } from "../../ui/link.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Money, Unknown, WindowText } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";

/** The list's columns; what the client counts comes before what it does not. */
export function creatorColumns(client: ClientContext): Column<CreatorRow>[] {
  const sales: Column<CreatorRow> = {
    id: "sales",
    header: "Sales, total",
    align: "right",
    cell: (row) => <Money amount={row.totalSales} />,
  };
  const units: Column<CreatorRow> = {
    id: "units",
    header: "Units, total",
    align: "right",
    cell: (row) => <Count value={row.totalUnits} />,
  };
  return [
    {
      id: "handle",
      header: "Creator",
      skeleton: 120,
      cell: (row) => (
        <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      ),
    },
    { id: "tier", header: "Tier", cell: (row) => <TierName id={row.tierId} /> },
    {
      id: "rank",
      header: "Rank",
      align: "right",
      cell: (row) => (row.rank === null ? <Unknown /> : formatCount(row.rank)),
    },
    ...(client.vipMetric === "sales" ? [sales, units] : [units, sales]),
    {
      id: "window-sum",
      header: client.vipMetric === "sales" ? "Sales in the window" : "Units in the window",
      align: "right",
      cell: (row) =>
        client.vipMetric === "sales" ? <Money amount={row.checkpointSales} /> : <Count value={row.checkpointUnits} />,
    },
    {
      id: "window",
      header: "Present window",
      quiet: true,
      skeleton: 140,
      cell: (row) => <WindowText start={row.windowStart} end={row.windowEnd} none="no dates" />,
    },
  ];
}
