import { IconCurrencyDollar, IconEye, IconHeart, IconPackage, IconTicket, IconVideo } from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import type { MissionDto, MissionState, MissionType } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf } from "../../lib/dates.ts";
import { useNow } from "../../lib/use-now.ts";
import { StatusChip, StatusText } from "../../ui/status.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { goalValue, TYPE_WORDS } from "../../lib/mission-words.ts";
import classes from "./missions.module.css";

const TYPE_ICONS: Record<MissionType, Icon> = {
  sales_dollars: IconCurrencyDollar,
  sales_units: IconPackage,
  videos: IconVideo,
  views: IconEye,
  likes: IconHeart,
  raffle: IconTicket,
};

/** Type and target: "$ Sales $1,000", for a raffle its last day. */
export function MissionGoal({ mission }: { mission: MissionDto }) {
  const client = useClient();
  const TypeIcon = TYPE_ICONS[mission.missionType];
  const today = dayOf(useNow(60_000), client.timezone);
  return (
    <span className={classes.goal}>
      <TypeIcon size={16} stroke={1.75} aria-hidden className={classes.goalIcon} />
      <span>
        {TYPE_WORDS[mission.missionType]} <b>{goalValue(mission, client.currency, today)}</b>
      </span>
    </span>
  );
}

/** The reward's name; dim where there is none, and said where it is switched off. */
export function MissionReward({ mission }: { mission: MissionDto }) {
  if (mission.reward === null) {
    return <Dim>none yet</Dim>;
  }
  return (
    <span className={classes.reward}>
      <span className={classes.rewardName} title={mission.reward.name}>
        {mission.reward.name}
      </span>
      {mission.reward.enabled ? null : <Dim>off</Dim>}
    </span>
  );
}

/** The state of a mission in a table. */
export function MissionStateText({ state }: { state: MissionState }) {
  return <StatusText status={state} />;
}

/** The state of a mission beside its title; an enabled one that sleeps says so. */
export function MissionStateChip({ state }: { state: MissionState }) {
  return <StatusChip status={state}>{state === "enabled" ? "Enabled, asleep" : undefined}</StatusChip>;
}

/** "today 04:03", "28 Sep", "never". */
export function LastSeeded({ at }: { at: Date | null }) {
  const { timezone } = useClient();
  const now = useNow(60_000);
  if (at !== null && dayOf(at, timezone) === dayOf(now, timezone)) {
    return (
      <>
        today <When at={at} as="time" />
      </>
    );
  }
  return <When at={at} as="day" />;
}
