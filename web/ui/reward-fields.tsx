import { Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { redemptionFrequencies, rewardTypes } from "../../server/rewards/schema.ts";
import { useClient } from "../lib/client.tsx";
import { useLadder } from "../lib/ladder.ts";
import { FREQUENCY_WORDS, REWARD_TYPE_WORDS } from "../lib/reward-words.ts";
import { VALUE_FIELDS } from "../lib/reward-values.ts";
import type { RewardValues } from "../lib/reward-values.ts";
import { FieldPair } from "./form.tsx";

export type RewardForm = UseFormReturnType<RewardValues>;

const typeOptions = rewardTypes.map((value) => ({ value, label: REWARD_TYPE_WORDS[value] }));
const frequencyOptions = redemptionFrequencies.map((value) => ({ value, label: FREQUENCY_WORDS[value] }));

/** What a reward is called and worth. */
export function RewardFields({ form }: { form: RewardForm }) {
  return (
    <>
      <FieldPair>
        <TextInput
          label="Name"
          description="As creators read it"
          data-autofocus
          withAsterisk
          {...form.getInputProps("name")}
        />
        <Select
          label="Type"
          description="Fixed once somebody has earned it"
          data={typeOptions}
          {...form.getInputProps("type")}
        />
      </FieldPair>
      <ValueFields form={form} />
      <Textarea label="Description" autosize minRows={2} maxRows={6} {...form.getInputProps("description")} />
    </>
  );
}

function ValueFields({ form }: { form: RewardForm }) {
  const { currency } = useClient();
  const fields = VALUE_FIELDS[form.values.type];
  if (fields.length === 0) {
    return null;
  }
  const LABELS: Record<(typeof fields)[number], { label: string; description?: string; optional?: boolean }> = {
    amount: { label: `Amount in ${currency}` },
    percent: { label: form.values.type === "discount" ? "Percent off" : "Percent on top of the commission" },
    durationDays: { label: "Days it lasts" },
    durationMinutes: { label: "Minutes it lasts", description: "48 hours are 2,880" },
    couponCode: { label: "Coupon code", optional: true },
    maxUses: { label: "Uses at most", optional: true },
  };
  return (
    <FieldPair>
      {fields.map((field) => (
        <TextInput
          key={field}
          label={LABELS[field].label}
          description={LABELS[field].description ?? (LABELS[field].optional === true ? "May be left empty" : undefined)}
          withAsterisk={LABELS[field].optional !== true}
          inputMode={field === "couponCode" ? "text" : "decimal"}
          {...form.getInputProps(field)}
        />
      ))}
    </FieldPair>
  );
}

/** For whom it is, how often, and whether it can be given. */
export function RewardRuleFields({ form }: { form: RewardForm }) {
  const ladder = useLadder();
  const current = form.values.tierEligibility;
  const tiers = [
    { value: "all", label: "All tiers" },
    ...ladder.tiers.map((tier) => ({ value: tier.tierId, label: tier.tierName })),
  ];
  const isKnown = !ladder.isLoaded || tiers.some((tier) => tier.value === current);
  return (
    <>
      <Select
        label="Tier"
        description="For whom it is meant"
        data={isKnown ? tiers : [...tiers, { value: current, label: `${current} (not in the ladder)` }]}
        {...form.getInputProps("tierEligibility")}
      />
      <FieldPair>
        <Select
          label="How often"
          description="Stored; nothing acts on it yet"
          data={frequencyOptions}
          {...form.getInputProps("redemptionFrequency")}
        />
        <TextInput
          label="How many"
          description="Pieces for each time"
          inputMode="numeric"
          withAsterisk
          {...form.getInputProps("redemptionQuantity")}
        />
      </FieldPair>
      <Switch
        label="Enabled"
        description="Switched off, it is no choice for missions; what was earned stays earned"
        {...form.getInputProps("enabled", { type: "checkbox" })}
      />
    </>
  );
}
