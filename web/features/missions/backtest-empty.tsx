import { Button } from "@mantine/core";
import type { MissionDto } from "../../../server/missions/schema.ts";
import type { BacktestDto } from "../../../server/seeding/backtest/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { ButtonLink } from "../../ui/button-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useMissionSearch } from "./use-mission.ts";

/** A raffle completes nobody, so there is nothing to compute. */
export function NoBacktest() {
  return (
    <EmptyState title="A raffle has no backtest">
      It has no target: taking part is enough, so there is no day on which somebody would have completed it.
    </EmptyState>
  );
}

/** Why there is nothing to draw. */
type Hole = "nobody_eligible" | "no_windows" | "no_videos";

/** What is missing for a curve; null when nothing is. */
export function backtestHole({ considered, withVideos, windows }: BacktestDto): Hole | null {
  if (considered === 0) {
    return windows.none > 0 ? "no_windows" : "nobody_eligible";
  }
  return withVideos === 0 ? "no_videos" : null;
}

interface Props {
  mission: MissionDto;
  backtest: BacktestDto;
  hole: Hole;
}

/** Why there is no curve, and what to do about it. */
export function BacktestEmpty({ mission, backtest, hole }: Props) {
  const { window, windows, considered } = backtest;
  if (hole === "nobody_eligible") {
    return <NobodyQualifies mission={mission} />;
  }
  if (hole === "no_windows") {
    return (
      <EmptyState title="Nobody who qualifies has a previous window" action={<OtherWindows window={window} />}>
        {countOf(windows.none, "creator")} would qualify, but their present window has no start, so none came before it.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`No videos in the ${window} windows`} action={<OtherWindows window={window} />}>
      {countOf(considered, "creator qualifies", "creators qualify")}, and there is no video of theirs to count.
    </EmptyState>
  );
}

function NobodyQualifies({ mission }: { mission: MissionDto }) {
  const client = useClient();
  return (
    <EmptyState
      title={`Nobody qualifies for ${mission.name}`}
      action={
        <ButtonLink
          to="/c/$client/missions/$missionId"
          params={{ client: client.subdomain, missionId: mission.id }}
          search={{}}
        >
          See why
        </ButtonLink>
      }
    >
      A backtest looks at the creators who qualify today.
    </EmptyState>
  );
}

function OtherWindows({ window }: Pick<BacktestDto, "window">) {
  const { filter } = useMissionSearch();
  const other = window === "present" ? "previous" : undefined;
  return <Button onClick={() => filter({ window: other })}>Use the {other ?? "present"} windows</Button>;
}
