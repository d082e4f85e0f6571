import type { RedemptionDto } from "../../../server/redemptions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { RedemptionStatusText } from "../../ui/redemption-status.tsx";
import { When } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";

/** A row of the list as a card, for the phone. */
export const redemptionCard = (row: RedemptionDto) => <RedemptionCard row={row} />;

/** A redemption on the phone: who and how far, what, for which mission, when. */
function RedemptionCard({ row }: { row: RedemptionDto }) {
  const { subdomain } = useClient();
  return (
    <ListCard
      title={
        <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      }
      end={<RedemptionStatusText status={row.status} />}
      facts={[
        row.rewardName,
        <TextLink
          key="mission"
          to="/c/$client/missions/$missionId"
          params={{ client: subdomain, missionId: row.missionId }}
          search={{ tab: "progress" }}
        >
          {row.missionName}
        </TextLink>,
        <TierName key="tier" id={row.tierAtClaim} />,
        <When key="at" at={row.completedAt} />,
      ]}
    />
  );
}
