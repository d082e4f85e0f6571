import type { MissionCountsDto } from "../../../server/missions/schema.ts";
import { ProportionBar } from "../../ui/bucket.tsx";
import classes from "./overview.module.css";

/** Completed, active and over of one mission's rows; rows that sleep stand as the rest. */
export function ShareBar({ name, counts }: { name: string; counts: MissionCountsDto | undefined }) {
  if (counts === undefined || counts.seeded === 0) {
    return <span className={classes.share} />;
  }
  return (
    <span className={classes.share}>
      <ProportionBar
        label={`Rows of ${name}`}
        parts={[
          { bucket: "completed", label: "completed", count: counts.completed },
          { bucket: "active", label: "active", count: counts.active },
          { bucket: "over", label: "over", count: counts.over },
          ...(counts.dormant === 0
            ? []
            : [{ bucket: "not_eligible", label: "dormant", count: counts.dormant } as const]),
        ]}
      />
    </span>
  );
}
