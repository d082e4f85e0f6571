import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/explain/schema.ts";
import { useLadder } from "../../lib/ladder.ts";
import { SeedRun } from "../../ui/mission-row.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { When, WindowText } from "../../ui/text.tsx";
import { missionReason } from "./verdict-words.ts";

interface Props {
  mission: CreatorMissionDto;
  creator: CreatorDto;
}

/** When the row was created, or why there is none. */
export function MissionReason({ mission, creator }: Props) {
  const ladder = useLadder();
  if (mission.progress !== null) {
    return (
      <>
        seeded <When at={mission.progress.seededAt} as="day" />
        <SeedRun seed={mission.progress.seed} />
      </>
    );
  }
  return ladder.isLoaded ? <>{missionReason(mission, creator, ladder)}</> : <SkeletonText width={150} />;
}

/** A row has a window, and so would one that is created now. */
export function hasWindow(mission: CreatorMissionDto): boolean {
  return mission.progress !== null || mission.bucket === "will_create";
}

/** The frozen window of a row, or the one that would be frozen. */
export function MissionWindow({ mission, creator }: Props) {
  const { windowStart, windowEnd } = mission.progress ?? creator;
  return <WindowText start={windowStart} end={windowEnd} none="no dates" />;
}
