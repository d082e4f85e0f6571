import type { DraftDto } from "../../../../server/seeding/draft/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { useLadder } from "../../../lib/ladder.ts";
import { tierRule } from "../../../lib/mission-words.ts";
import { countOf, formatCount, formatMoney, formatMoneyShort } from "../../../lib/numbers.ts";
import { ErrorBanner } from "../../../ui/banner.tsx";
import { BarList } from "../../../ui/bars.tsx";
import { BucketKey } from "../../../ui/bucket.tsx";
import { cx } from "../../../ui/cx.ts";
import { Panel } from "../../../ui/panel.tsx";
import { SkeletonText } from "../../../ui/skeleton.tsx";
import { StatusChip } from "../../../ui/status.tsx";
import { Dim } from "../../../ui/text.tsx";
import { TierSwatch } from "../../../ui/tier.tsx";
import type { MissionForm } from "../mission-fields.tsx";
import { nearGoal, nearText } from "../near-misses/near-words.ts";
import { FormHints } from "./form-hints.tsx";
import classes from "./numbers.module.css";
import { useDraft } from "./use-draft.ts";

interface Props {
  form: MissionForm;
  missionId: string | undefined;
}

/** Who would get the mission as the form stands, beside the form while it is written. Nothing is saved by asking. */
export function MissionNumbers({ form, missionId }: Props) {
  const client = useClient();
  const reason = client.reasonFor("missions:write");
  const { draft, nearMisses, error, retry, isStale, isNearStale } = useDraft(form.values, missionId);
  if (reason !== undefined) {
    return null;
  }
  return (
    <section className={classes.place} aria-label="Who would get it">
      <Panel title="Who would get it" aside={<StatusChip status="not_saved" />}>
        {error !== null && draft === undefined ? (
          <ErrorBanner error={error} title="It could not be counted." onRetry={retry} />
        ) : (
          <div className={cx(classes.numbers, isStale && draft !== undefined && classes.stale)} aria-busy={isStale}>
            <Headline draft={draft} />
            <Buckets draft={draft} />
            <Tiers draft={draft} />
            <Ceiling draft={draft} form={form} />
            <Near form={form} nearMisses={nearMisses} isStale={isNearStale} />
            <FormHints form={form} hints={draft?.relax} />
          </div>
        )}
      </Panel>
    </section>
  );
}

function Headline({ draft }: { draft: DraftDto | undefined }) {
  return (
    <p className={classes.headline} aria-live="polite">
      <b className={classes.figure}>
        {draft === undefined ? <SkeletonText width={64} large /> : formatCount(draft.counts.willCreate)}
      </b>{" "}
      <span>
        {draft === undefined ? (
          <SkeletonText width={120} />
        ) : (
          `of ${countOf(draft.counts.total, "creator")}, once it is enabled`
        )}
      </span>
    </p>
  );
}

const REST = [
  { key: "alreadySeeded", bucket: "seeded", label: "already have it" },
  { key: "notEligible", bucket: "not_eligible", label: "do not qualify" },
  { key: "unknown", bucket: "unknown", label: "cannot be judged" },
] as const;

function Buckets({ draft }: { draft: DraftDto | undefined }) {
  return (
    <ul className={classes.buckets}>
      {REST.map(({ key, bucket, label }) => (
        <li key={key} className={classes.bucket}>
          <BucketKey bucket={bucket} />
          <span>{label}</span>
          <span className={classes.count}>
            {draft === undefined ? <SkeletonText width={32} /> : formatCount(draft.counts[key])}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Tiers({ draft }: { draft: DraftDto | undefined }) {
  const ladder = useLadder();
  if (draft === undefined || !ladder.isLoaded) {
    return <SkeletonText width="100%" />;
  }
  const known = draft.byTier.filter((tier) => tier.tierName !== null).toReversed();
  const unknown = draft.byTier.filter((tier) => tier.tierName === null && tier.willCreate > 0);
  const items = [...known, ...unknown].map(({ tierId, tierName, tierColor, willCreate }) => ({
    key: tierId,
    label: <TierSwatch name={tierName ?? tierId} rank={ladder.rankOf(tierId)} of={ladder.size} color={tierColor} />,
    count: willCreate,
  }));
  return <BarList items={items} label="Who would get it, by tier" />;
}

function Ceiling({ draft, form }: { draft: DraftDto | undefined; form: MissionForm }) {
  const ceiling = draft?.rewardCeiling ?? null;
  return (
    <div className={classes.line}>
      <span className={classes.term}>Reward ceiling</span>
      {ceiling === null ? (
        <Dim>{draft === undefined ? <SkeletonText width={72} /> : noCeiling(form.values.rewardId)}</Dim>
      ) : (
        <b title={`each ${formatMoneyShort(ceiling.each, ceiling.currency)}, if all complete`}>
          {formatMoney(ceiling.amount, ceiling.currency)}
        </b>
      )}
    </div>
  );
}

function noCeiling(rewardId: string | null): string {
  return rewardId === null ? "no reward yet" : "no money value";
}

interface NearProps {
  form: MissionForm;
  nearMisses: DraftDto["nearMisses"] | undefined;
  isStale: boolean;
}

function Near({ form, nearMisses, isStale }: NearProps) {
  const client = useClient();
  const ladder = useLadder();
  const { missionType, targetValue, tierEligibility } = form.values;
  const rule = tierRule(tierEligibility, ladder);
  const terms = { missionType, targetValue: targetValue.trim().replaceAll(",", "") };
  const lines = (["tier", "target"] as const).flatMap((kind) => {
    const counts = nearMisses?.[kind];
    const goal = counts === undefined || counts === null ? undefined : nearGoal(kind, terms, rule, client.currency);
    return counts === undefined || counts === null || goal === undefined ? [] : [nearText(counts, goal)];
  });
  return (
    <div className={classes.line}>
      <span className={classes.term}>Near-misses</span>
      {nearMisses === undefined || isStale ? (
        <SkeletonText width={120} />
      ) : (
        <span className={classes.nears}>
          {lines.length === 0 ? <Dim>none to count</Dim> : lines.map((line) => <span key={line}>{line}</span>)}
        </span>
      )}
    </div>
  );
}
