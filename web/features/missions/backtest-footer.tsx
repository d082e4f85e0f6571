import type { MissionDto } from "../../../server/missions/schema.ts";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./missions.module.css";
import { useBacktest } from "./use-backtest.ts";

/** "approximation, computed 10:32:05". */
export function BacktestFooter({ mission }: { mission: MissionDto }) {
  const { result } = useBacktest(mission);
  if (result.isError || result.data?.kind === "raffle") {
    return null;
  }
  return result.data === undefined ? (
    <SkeletonText width={160} />
  ) : (
    <span className={classes.exact}>
      <StatusIcon status="note" />
      <span>
        approximation, computed <When at={result.data.computedAt} as="seconds" />
      </span>
    </span>
  );
}
