import { IconHelp } from "@tabler/icons-react";
import type { RedemptionDto } from "../../../server/redemptions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { IconAction } from "../../ui/action-button.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { RedemptionStatusText } from "../../ui/redemption-status.tsx";
import { When } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";

interface Props {
  row: RedemptionDto;
  onWhy: () => void;
}

/** A row of the list as a card, for the phone. */
export function redemptionCard(explain: (id: string) => void) {
  return (row: RedemptionDto) => <RedemptionCard row={row} onWhy={() => explain(row.id)} />;
}

/** What a row of the list offers: where its redemption comes from. */
export function whyAction(explain: (id: string) => void) {
  return (row: RedemptionDto) => <WhyAction row={row} onWhy={() => explain(row.id)} />;
}

function WhyAction({ row, onWhy }: Props) {
  return (
    <IconAction label={`Why @${row.handle} earned ${row.rewardName}`} onClick={onWhy}>
      <IconHelp size={16} stroke={1.75} aria-hidden />
    </IconAction>
  );
}

/** A redemption on the phone: who and how far, what, for which mission, when. */
function RedemptionCard({ row, onWhy }: Props) {
  const { subdomain } = useClient();
  return (
    <ListCard
      title={
        <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      }
      end={<RedemptionStatusText status={row.status} />}
      actions={<WhyAction row={row} onWhy={onWhy} />}
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
