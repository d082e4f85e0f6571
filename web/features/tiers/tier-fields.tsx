import { Checkbox, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconRowInsertBottom, IconTrash } from "@tabler/icons-react";
import type { TierDto } from "../../../server/tiers/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { IconAction } from "../../ui/action-button.tsx";
import { TierKey } from "../../ui/tier.tsx";
import { Dim } from "../../ui/text.tsx";
import type { TierValues } from "./ladder-values.ts";
import classes from "./tiers.module.css";

interface Props {
  form: UseFormReturnType<{ tiers: TierValues[] }>;
  index: number;
  /** the tier as it stands, unless it is new */
  stored: TierDto | undefined;
  /** why no tier can be added; undefined when one can */
  full: string | undefined;
  onInsert: () => void;
  onRemove: () => void;
}

/** The fields of one tier in the form of the ladder. */
export function TierFields({ form, index, stored, full, onInsert, onRemove }: Props) {
  const client = useClient();
  const tier = form.values.tiers[index];
  const path = (field: keyof TierValues) => `tiers.${index}.${field}`;
  const name = tier?.tierName.trim() || "the new tier";
  return (
    <li className={classes.tier} aria-label={name}>
      <div className={classes.fields}>
        <TextInput label="Name" {...form.getInputProps(path("tierName"))} />
        <TextInput
          label={client.vipMetric === "sales" ? `Sales from, ${client.currency}` : "Units from"}
          inputMode="decimal"
          {...form.getInputProps(path("threshold"))}
        />
        <TextInput label="Commission, %" inputMode="decimal" {...form.getInputProps(path("commissionRate"))} />
        <ColorField form={form} index={index} />
        <Checkbox
          label="No checkpoint"
          className={classes.exempt}
          {...form.getInputProps(path("checkpointExempt"), { type: "checkbox" })}
        />
        <span className={classes.tools}>
          <IconAction label={`Add a tier above ${name}`} reason={full} onClick={onInsert}>
            <IconRowInsertBottom size={16} stroke={1.75} />
          </IconAction>
          <IconAction
            label={`Remove ${name}`}
            reason={removeReason(form.values.tiers.length, stored)}
            onClick={onRemove}
          >
            <IconTrash size={16} stroke={1.75} />
          </IconAction>
        </span>
      </div>
      <Note tier={tier} stored={stored} />
    </li>
  );
}

function removeReason(count: number, stored: TierDto | undefined): string | undefined {
  if (count === 1) {
    return "A ladder has at least one tier.";
  }
  return stored === undefined || stored.creators === 0
    ? undefined
    : `${countOf(stored.creators, "creator")} ${stored.creators === 1 ? "stands" : "stand"} on it.`;
}

/** The tier's own colour as text, with the square it would get; empty: the ladder's own. */
function ColorField({ form, index }: Pick<Props, "form" | "index">) {
  const { tierColor } = form.values.tiers[index] ?? { tierColor: "" };
  const isColor = /^#[0-9a-f]{6}$/i.test(tierColor);
  return (
    <TextInput
      label="Colour"
      placeholder="the ladder's"
      spellCheck={false}
      leftSection={<TierKey rank={index} of={form.values.tiers.length} color={isColor ? tierColor : null} />}
      leftSectionPointerEvents="none"
      {...form.getInputProps(`tiers.${index}.tierColor`)}
    />
  );
}

/** What saving would do beyond the words themselves. */
function Note({ tier, stored }: { tier: TierValues | undefined; stored: TierDto | undefined }) {
  if (tier === undefined || stored === undefined) {
    return (
      <p className={classes.note}>
        <Dim>New. Creators reach it with the next sync.</Dim>
      </p>
    );
  }
  if (tier.checkpointExempt === stored.checkpointExempt || stored.creators === 0) {
    return null;
  }
  return (
    <p className={classes.note}>
      {tier.checkpointExempt
        ? `The next checkpoint of ${countOf(stored.creators, "creator")} is cleared.`
        : `${countOf(stored.creators, "creator")} get a next checkpoint.`}
    </p>
  );
}
