import type { RedemptionDto } from "../../../server/redemptions/schema.ts";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { RedemptionStatusText } from "../../ui/redemption-status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Unknown, When } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";

/** Who earned what, for which mission, as which tier, and which sync made it. */
export function redemptionColumns({ subdomain }: { subdomain: string }): Column<RedemptionDto>[] {
  return [
    {
      id: "creator",
      header: "Creator",
      skeleton: 110,
      cell: (row) => (
        <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      ),
    },
    { id: "reward", header: "Reward", skeleton: 140, cell: (row) => row.rewardName },
    {
      id: "mission",
      header: "Mission",
      skeleton: 120,
      cell: (row) => (
        <TextLink
          to="/c/$client/missions/$missionId"
          params={{ client: subdomain, missionId: row.missionId }}
          search={{ tab: "progress" }}
        >
          {row.missionName}
        </TextLink>
      ),
    },
    { id: "status", header: "Status", cell: (row) => <RedemptionStatusText status={row.status} /> },
    {
      id: "type",
      header: "Given",
      quiet: true,
      cell: (row) => (row.redemptionType === "instant" ? "at once" : "on a date"),
    },
    { id: "tier", header: "Tier when earned", cell: (row) => <TierName id={row.tierAtClaim} /> },
    { id: "completed", header: "Completed", quiet: true, cell: (row) => <When at={row.completedAt} /> },
    {
      id: "run",
      header: "Made by",
      cell: (row) =>
        row.runNumber === null ? (
          <Unknown />
        ) : (
          <TextLink
            to="/c/$client/sync/$number"
            params={{ client: subdomain, number: String(row.runNumber) }}
            search={{}}
          >
            run {row.runNumber}
          </TextLink>
        ),
    },
  ];
}
