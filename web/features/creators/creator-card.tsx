import type { CreatorRow } from "../../../server/creators/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount, formatMoney } from "../../lib/numbers.ts";
import { RowLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { WindowText } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";

/** A row of the list as a card, for the phone. */
export const creatorCard = (row: CreatorRow) => <CreatorCard row={row} />;

/** A creator on the phone: handle and tier, rank, sums, window. */
function CreatorCard({ row }: { row: CreatorRow }) {
  const client = useClient();
  const total =
    client.vipMetric === "sales" ? formatMoney(row.totalSales, client.currency) : countOf(row.totalUnits, "unit");
  const inWindow =
    client.vipMetric === "sales"
      ? formatMoney(row.checkpointSales, client.currency)
      : countOf(row.checkpointUnits, "unit");
  return (
    <ListCard
      title={
        <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      }
      end={<TierName id={row.tierId} />}
      facts={[
        row.rank === null ? "no rank yet" : `rank ${formatCount(row.rank)}`,
        `${total} in all`,
        `${inWindow} in the window`,
        <WindowText key="window" start={row.windowStart} end={row.windowEnd} none="no window" />,
      ]}
    />
  );
}
