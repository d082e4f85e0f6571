import type { BucketCounts, PreviewDto } from "../../../server/eligibility/schema.ts";
import type { RewardType } from "../../../server/rewards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { formatCount, formatMoney, formatMoneyShort } from "../../lib/numbers.ts";
import { BarList } from "../../ui/bars.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TierSwatch } from "../../ui/tier.tsx";
import { timesAmount } from "../../lib/amounts.ts";
import classes from "./missions.module.css";

/** Those who would get it, by tier, highest first; where nobody would, those who have it. */
export function TierPanel({ preview }: { preview: PreviewDto }) {
  const ladder = useLadder();
  const shown: keyof BucketCounts =
    preview.counts.willCreate > 0 || preview.counts.alreadySeeded === 0 ? "willCreate" : "alreadySeeded";
  const known = preview.byTier.filter((tier) => tier.tierName !== null).toReversed();
  const unknown = preview.byTier.filter((tier) => tier.tierName === null && tier[shown] > 0);
  const items = [...known, ...unknown].map((tier) => ({
    key: tier.tierId,
    label: (
      <TierSwatch
        name={tier.tierName ?? tier.tierId}
        rank={ladder.rankOf(tier.tierId)}
        of={ladder.size}
        color={tier.tierColor}
      />
    ),
    count: tier[shown],
  }));
  return (
    <Panel
      title={`The ${formatCount(preview.counts[shown])} by tier`}
      note={shown === "alreadySeeded" ? "already seeded" : undefined}
    >
      <BarList
        items={items}
        label={shown === "willCreate" ? "Rows to be created, by tier" : "Rows already there, by tier"}
      />
    </Panel>
  );
}

/** What it would cost if everybody completed. */
export function CeilingPanel({ preview }: { preview: PreviewDto }) {
  const { rewardCeiling } = preview;
  return (
    <Panel>
      <div className={classes.ceiling}>
        <h2 className={classes.ceilingTitle}>Reward ceiling</h2>
        <span className={classes.ceilingAmount}>
          {rewardCeiling === null ? "–" : formatMoney(rewardCeiling.amount, rewardCeiling.currency)}
        </span>
      </div>
      <p className={classes.small}>
        {rewardCeiling === null ? <NoCeiling preview={preview} /> : <CeilingWords preview={preview} />}
      </p>
    </Panel>
  );
}

function CeilingWords({ preview }: { preview: PreviewDto }) {
  const { currency } = useClient();
  const { rewardCeiling, counts, mission } = preview;
  if (rewardCeiling === null) {
    return null;
  }
  const all = timesAmount(rewardCeiling.each, counts.willCreate + counts.alreadySeeded);
  return (
    <>
      {formatCount(counts.willCreate)} × {formatMoneyShort(rewardCeiling.each, currency)}
      {kindOf(mission.reward?.value.type)}, if all complete.
      {counts.alreadySeeded === 0
        ? ""
        : ` With the ${formatCount(counts.alreadySeeded)} already seeded: ${formatMoney(all, currency)}.`}
    </>
  );
}

/** What the sum is given as: "$25 gift card". */
function kindOf(type: RewardType | undefined): string {
  const kinds: Partial<Record<RewardType, string>> = { gift_card: " gift card", spark_ads: " Spark Ads" };
  return type === undefined ? "" : (kinds[type] ?? "");
}

function NoCeiling({ preview }: { preview: PreviewDto }) {
  const { reward } = preview.mission;
  if (reward === null) {
    return <>No reward is set yet. Activating needs one.</>;
  }
  return preview.counts.willCreate === 0 ? (
    <>Nothing new would be given.</>
  ) : (
    <>{reward.name} has no fixed value in money.</>
  );
}
