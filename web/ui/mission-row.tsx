import type { CreatorMissionDto, SeededRowDto } from "../../server/eligibility/explain/schema.ts";
import { useClient } from "../lib/client.tsx";
import { targetText } from "../lib/mission-words.ts";
import { ValueBar } from "./bars.tsx";
import { TextLink } from "./link.tsx";
import classes from "./mission-row.module.css";
import { REDEMPTION_STATUS } from "./redemption-status.tsx";
import { StatusText } from "./status.tsx";
import { Dim, Unknown } from "./text.tsx";

/** ", run 317" behind the day of a seeding, where a run did it. */
export function SeedRun({ seed }: { seed: SeededRowDto["seed"] }) {
  const { subdomain } = useClient();
  return seed?.runNumber == null ? null : (
    <>
      ,{" "}
      <TextLink
        className={classes.run}
        to="/c/$client/sync/$number"
        params={{ client: subdomain, number: String(seed.runNumber) }}
      >
        run {seed.runNumber}
      </TextLink>
    </>
  );
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
  const { progress, bucket, statusIfSeeded } = mission;
  if (progress === null) {
    return <Dim>{bucket === "will_create" ? `would be ${statusIfSeeded}` : "none"}</Dim>;
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
    <span className={classes.clipped} title={text}>
      {text}
    </span>
  );
}
