import { linkOptions } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { PreviewDto, Reason, WaterfallStep } from "../../../server/eligibility/schema.ts";
import type { RelaxHint } from "../../../server/eligibility/what-if/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { Panel } from "../../ui/panel.tsx";
import { Dim } from "../../ui/text.tsx";
import { Waterfall } from "../../ui/waterfall.tsx";
import type { WaterfallRow } from "../../ui/waterfall.tsx";
import { patternOf } from "./bucket-sum.tsx";
import { tierRuleWords } from "../../lib/mission-words.ts";
import type { TierRule } from "../../lib/mission-words.ts";
import { useMissionSearch } from "./use-mission.ts";
import { RelaxAction, useRelaxHints } from "./what-if/relax-hint.tsx";
import type { SupposedSearch } from "./what-if/supposed-terms.ts";

/** From all creators to those who will be seeded, gate by gate; a row opens those it took away, the last one those left. */
export function PreviewWaterfall({ preview, rule }: { preview: PreviewDto; rule: TierRule }) {
  const client = useClient();
  const { search } = useMissionSearch();
  const hints = useRelaxHints(preview.mission);
  const { ifTier, ifTarget, ifEnabled } = search;
  const rows = preview.waterfall.map((step) =>
    rowOf(step, { preview, rule, client: client.subdomain, hints, terms: { ifTier, ifTarget, ifEnabled } }),
  );
  return (
    <Panel
      title={`Where ${formatCount(preview.counts.total)} creators go`}
      aside={<Dim>each removal opens its list</Dim>}
    >
      <Waterfall rows={rows} label="From all creators to those who will be seeded" />
    </Panel>
  );
}

interface Around {
  preview: PreviewDto;
  rule: TierRule;
  client: string;
  hints: readonly RelaxHint[];
  /** What is supposed stays supposed in the list that a bar opens. */
  terms: SupposedSearch;
}

function rowOf(step: WaterfallStep, around: Around): WaterfallRow {
  const { gate, remaining, dropped, bucket } = step;
  return {
    key: gate,
    label: labelOf(step, around.rule),
    remaining,
    dropped: bucket === null ? undefined : { count: dropped, label: DROPS[gate] ?? "", bucket: patternOf(bucket) },
    link: linkOf(step, around),
    hint: gate === "tier_high_enough" ? undefined : hintAt(gate, around),
    note: gate === "will_create" ? hintAt("tier_high_enough", around) : undefined,
  };
}

const LABELS: Record<Exclude<WaterfallStep["gate"], "tier_high_enough">, string> = {
  all: "All creators",
  enabled: "Mission enabled",
  not_seeded: "Not seeded yet",
  tiers_known: "Tiers known",
  will_create: "Will be seeded",
};

function labelOf({ gate }: WaterfallStep, rule: TierRule): string {
  if (gate !== "tier_high_enough") {
    return LABELS[gate];
  }
  return rule.kind === "all" ? "Any tier" : `Tier ${rule.kind === "known" ? tierRuleWords(rule) : rule.name}`;
}

const DROPS: Partial<Record<WaterfallStep["gate"], string>> = {
  enabled: "mission not enabled",
  not_seeded: "already seeded",
  tiers_known: "cannot be judged",
  tier_high_enough: "tier too low",
};

/** The list of those a gate took away; the first row has none, the last one those who are left. */
function linkOf({ gate, bucket }: WaterfallStep, { preview, client, terms }: Around): WaterfallRow["link"] {
  if (bucket === null) {
    return undefined;
  }
  const reason = gate === "enabled" ? "mission_disabled" : gate === "tier_high_enough" ? "tier_too_low" : undefined;
  return linkOptions({
    to: "/c/$client/missions/$missionId",
    params: { client, missionId: preview.mission.id },
    search: { ...terms, bucket: bucket === "will_create" ? undefined : bucket, reason },
    resetScroll: false,
  });
}

/** The nearest way to loosen a gate. A lower tier is named in the last row, where its number would be added. */
function hintAt(gate: WaterfallStep["gate"], { preview, hints }: Around): ReactNode {
  const hint = hints.find(({ reason }) => GATES[reason] === gate);
  return hint === undefined ? undefined : <RelaxAction mission={preview.mission} hint={hint} />;
}

const GATES: Record<Reason, WaterfallStep["gate"]> = {
  mission_disabled: "enabled",
  mission_tier_unknown: "tiers_known",
  creator_tier_unknown: "tiers_known",
  tier_too_low: "tier_high_enough",
};
