import { reasons } from "../../../server/eligibility/schema.ts";
import type { Bucket, PreviewDto, Reason, WhatIf } from "../../../server/eligibility/schema.ts";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar, FilterSearch } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { REASON_WORDS } from "./preview-words.ts";
import { useMissionSearch } from "./use-mission.ts";
import { usePreviewList } from "./use-preview-list.ts";

const BUCKET_OF: Record<Reason, Bucket> = {
  mission_disabled: "not_eligible",
  tier_too_low: "not_eligible",
  mission_tier_unknown: "unknown",
  creator_tier_unknown: "unknown",
};

/** The filters of the list of creators: handle, tier, and the reason where a bucket has more than one. */
export function PreviewFilters({ preview, whatIf }: { preview: PreviewDto | undefined; whatIf: WhatIf | undefined }) {
  const { search, filter } = useMissionSearch();
  const { filters, total } = usePreviewList(whatIf);
  const { bucket = "will_create", q, tier, reason } = search;
  const reasonOptions = reasons
    .filter((one) => BUCKET_OF[one] === bucket)
    .map((value) => ({ value, label: REASON_WORDS[value] }));
  const active = [q, tier, reason].filter((value) => value !== undefined).length;
  return (
    <FilterBar active={active} end={<ExportButton list="eligibility" filters={filters} count={total} noun="creator" />}>
      <FilterSearch label="Handle" value={q} onChange={(next) => filter({ q: next })} />
      <FilterSelect
        label="Tier"
        value={tier}
        options={tierOptions(preview, tier)}
        onChange={(next) => filter({ tier: next })}
      />
      {reasonOptions.length === 0 ? null : (
        <FilterSelect
          label="Reason"
          value={reason}
          options={reasonOptions}
          onChange={(next) => filter({ reason: next })}
        />
      )}
    </FilterBar>
  );
}

/** The creators' own tiers, highest first, those that are not in the ladder last. */
function tierOptions(preview: PreviewDto | undefined, chosen: string | undefined) {
  const tiers = preview?.byTier ?? [];
  const known = tiers.filter((tier) => tier.tierName !== null).toReversed();
  const unknown = tiers.filter((tier) => tier.tierName === null);
  const options = [
    ...known.map((tier) => ({ value: tier.tierId, label: tier.tierName ?? tier.tierId })),
    ...unknown.map((tier) => ({ value: tier.tierId, label: `${tier.tierId} (not in the ladder)` })),
  ];
  const isMissing = chosen !== undefined && options.every((option) => option.value !== chosen);
  return isMissing ? [...options, { value: chosen, label: chosen }] : options;
}
