import type { CreatorDto } from "../../../server/creators/schema.ts";
import { metricText } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf, formatDay, fullDay } from "../../lib/dates.ts";
import { useLadder } from "../../lib/ladder.ts";
import type { Ladder } from "../../lib/ladder.ts";
import { formatCount, formatMoney } from "../../lib/numbers.ts";
import { useNow } from "../../lib/use-now.ts";
import { ProgressBar } from "../../ui/bars.tsx";
import { Figures } from "../../ui/facts.tsx";
import type { Figure } from "../../ui/facts.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { Unknown } from "../../ui/text.tsx";
import classes from "./creators.module.css";
import { thresholdOf, toNextTier, windowDays, windowPlace } from "./window-words.ts";

/** The sums, the rank, what is missing to the next tier, and the window that the next checkpoint judges. */
export function CreatorFacts({ creator, total }: { creator: CreatorDto; total: number | undefined }) {
  const client = useClient();
  const ladder = useLadder();
  const next = toNextTier(creator, ladder, client.vipMetric);
  const sales: Figure[] = [
    { label: "sales, all time", value: formatMoney(creator.totalSales, client.currency) },
    { label: "sales in the window", value: formatMoney(creator.checkpointSales, client.currency) },
  ];
  const units: Figure[] = [
    { label: "units, all time", value: formatCount(creator.totalUnits) },
    { label: "units in the window", value: formatCount(creator.checkpointUnits) },
  ];
  const figures: Figure[] = [
    ...(client.vipMetric === "sales" ? sales : units),
    { label: "videos in the window", value: formatCount(creator.checkpointVideos) },
    {
      label: total === undefined ? "rank" : `rank of ${formatCount(total)}`,
      value: creator.rank === null ? <Unknown /> : formatCount(creator.rank),
    },
    ...(next === null ? [] : [{ label: `${client.vipMetric} to ${next.name}`, value: amountOf(next.missing, client) }]),
  ];
  return (
    <div className={classes.facts}>
      <Figures figures={figures} />
      <WindowBar creator={creator} ladder={ladder} />
    </div>
  );
}

function amountOf(value: string, client: { vipMetric: "sales" | "units"; currency: string }): string {
  return client.vipMetric === "sales" ? formatMoney(value, client.currency) : formatCount(Number(value));
}

function WindowBar({ creator, ladder }: { creator: CreatorDto; ladder: Ladder }) {
  const { timezone } = useClient();
  const today = dayOf(useNow(60_000), timezone);
  const { start, end } = windowDays(creator, timezone);
  const place = windowPlace(start, end, today);
  if (place === null || start === null || end === null) {
    return <NoWindow creator={creator} ladder={ladder} end={end} today={today} />;
  }
  const words = `day ${formatCount(place.day)} of ${formatCount(place.of)}, ${formatCount(place.left)} left`;
  return (
    <div className={classes.window}>
      <div className={classes.windowHead}>
        <span>{fullDay(start)}</span>
        <b>{place.isOver ? "the window is over" : words}</b>
        <span>{fullDay(end)}</span>
      </div>
      <ProgressBar share={place.share} label={`The checkpoint window: ${words}`} height={6} />
      <p className={classes.windowFoot}>
        {place.isOver ? "the next sync judges it" : `next checkpoint ${formatDay(end, today)}`}:{" "}
        <Needed creator={creator} ladder={ladder} />
      </p>
    </div>
  );
}

/** What the checkpoint asks to stay in the tier, against what the window holds. */
function Needed({ creator, ladder }: { creator: CreatorDto; ladder: Ladder }) {
  const client = useClient();
  const tier = ladder.byId(creator.tierId);
  const has = metricText(
    client.vipMetric === "sales" ? creator.checkpointSales : String(creator.checkpointUnits),
    client,
  );
  if (tier === undefined) {
    return <>the window holds {has}; the tier is unknown, so nothing is judged</>;
  }
  const threshold = thresholdOf(tier, client.vipMetric);
  return threshold === null ? (
    <>
      the window holds {has}; {tier.tierName} has no threshold
    </>
  ) : (
    <>
      needs {metricText(threshold, client)} in the window to stay {tier.tierName}, has {has}
    </>
  );
}

interface NoWindowProps {
  creator: CreatorDto;
  ladder: Ladder;
  end: string | null;
  today: string;
}

function NoWindow({ creator, ladder, end, today }: NoWindowProps) {
  const { tierCalculationMode } = useClient();
  const tier = ladder.byId(creator.tierId);
  const text = () => {
    if (end !== null) {
      return `Next checkpoint ${formatDay(end, today)}. The window has no first day: everything before counts.`;
    }
    if (tierCalculationMode === "lifetime") {
      return "No checkpoint: tiers follow the total of all time.";
    }
    if (tier === undefined) {
      return "No checkpoint: the tier is not in the ladder, so nothing is judged.";
    }
    return tier.checkpointExempt
      ? `No checkpoint: ${tier.tierName} is exempt. A promotion can come with any sync.`
      : "No checkpoint is set, although the tier asks for one. Data health counts it.";
  };
  return <p className={classes.noWindow}>{ladder.isLoaded ? text() : <SkeletonText width={240} />}</p>;
}
