import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { RowLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import classes from "./overview.module.css";
import { ShareBar } from "./share-bar.tsx";

/** A running mission on the phone: its name, its counts in words, its bar. */
export function MissionCard({ mission, counts }: { mission: MissionDto; counts: MissionCountsDto | undefined }) {
  const client = useClient();
  return (
    <div className={classes.card}>
      <RowLink to="/c/$client/missions/$missionId" params={{ client: client.subdomain, missionId: mission.id }}>
        {mission.name}
      </RowLink>
      <span className={classes.small}>
        {counts === undefined ? (
          <SkeletonText width={200} />
        ) : (
          `${formatCount(counts.completed)} completed, ${formatCount(counts.active)} active, ${formatCount(counts.over)} over of ${formatCount(counts.seeded)} rows`
        )}
      </span>
      <ShareBar name={mission.name} counts={counts} />
    </div>
  );
}
