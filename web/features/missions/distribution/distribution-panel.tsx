import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { ErrorBanner } from "../../../ui/banner.tsx";
import { TextButton } from "../../../ui/link.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonBlock } from "../../../ui/skeleton.tsx";
import classes from "./distribution.module.css";
import { distributionSentence } from "./distribution-bars.ts";

const Chart = lazy(async () => ({ default: (await import("./distribution-chart.tsx")).DistributionChart }));
const HEIGHT = 136;

/** How far the rows are towards the target, as a chart and as its table. */
export function DistributionPanel({ mission }: { mission: MissionDto }) {
  const client = useClient();
  const [isTable, setTable] = useState(false);
  const found = useQuery(trpc.progress.distribution.queryOptions({ clientId: client.id, missionId: mission.id }));
  if (found.data?.total === 0 || mission.missionType === "raffle") {
    return null;
  }
  return (
    <Panel
      title="How far they are"
      aside={<TextButton onClick={() => setTable(!isTable)}>{isTable ? "as a chart" : "as a table"}</TextButton>}
    >
      {found.error !== null && found.data === undefined ? (
        <ErrorBanner error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <SkeletonBlock height={HEIGHT + 28} />
      ) : (
        <div className={classes.panel}>
          <p className={classes.sentence}>{distributionSentence(found.data)}</p>
          <Suspense fallback={<SkeletonBlock height={HEIGHT} />}>
            <Chart distribution={found.data} isTable={isTable} />
          </Suspense>
        </div>
      )}
    </Panel>
  );
}
