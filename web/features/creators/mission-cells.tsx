import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { targetText } from "../../lib/mission-words.ts";
import { ValueBar } from "../../ui/bars.tsx";
import { REDEMPTION_STATUS } from "../../ui/redemption-status.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { Dim, Unknown, When, WindowText } from "../../ui/text.tsx";
import classes from "./creators.module.css";
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

/** The value of a row beside its bar; a dash where there is no row or nothing to reach. */
export function MissionValue({ mission }: { mission: CreatorMissionDto }) {
  const { currency } = useClient();
  if (mission.progress === null || mission.missionType === "raffle") {
    return <Unknown />;
  }
  return (
    <ValueBar
      value={mission.progress.value}
      target={mission.targetValue}
      label={`${mission.missionName} towards its target`}
    >
      {targetText(mission.missionType, mission.progress.value, currency)}
    </ValueBar>
  );
}

/** A row whose window has passed is over, unless it was completed; without a row, what would be written. */
export function MissionRowStatus({ mission }: { mission: CreatorMissionDto }) {
  const { progress, state } = mission;
  if (progress === null) {
    const would = { active: "would be active", enabled: "would be dormant", draft: "none", ended: "none" }[state];
    return <Dim>{mission.bucket === "will_create" ? would : "none"}</Dim>;
  }
  if (progress.status !== "completed" && progress.isOver) {
    return <StatusText status="over">{progress.status === "dormant" ? "Over, never woke" : "Over"}</StatusText>;
  }
  return <StatusText status={progress.status} />;
}

/** The reward and how far it has come: "$10 gift card, claimable". */
export function RedemptionWords({ redemption }: { redemption: NonNullable<CreatorMissionDto["redemption"]> }) {
  const known = Object.entries(REDEMPTION_STATUS).find(([status]) => status === redemption.status);
  const text = `${redemption.rewardName}, ${(known?.[1].word ?? redemption.status).toLowerCase()}`;
  return (
    <span className={classes.redemption} title={text}>
      {text}
    </span>
  );
}
