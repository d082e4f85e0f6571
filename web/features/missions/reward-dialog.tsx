import { Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { rewardTypes } from "../../../server/rewards/schema.ts";
import type { RewardDto } from "../../../server/rewards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { WriteDialog } from "./write-dialog.tsx";
import classes from "./missions.module.css";
import { checkedReward, NEW_REWARD, REWARD_TYPE_WORDS, rewardErrors, VALUE_FIELDS } from "./reward-form-values.ts";
import type { RewardValues } from "./reward-form-values.ts";
import { useRefresh } from "./use-refresh.ts";

const typeOptions = rewardTypes.map((value) => ({ value, label: REWARD_TYPE_WORDS[value] }));

interface Props {
  onClose: () => void;
  onCreated: (reward: RewardDto) => void;
}

/** Creates a reward without leaving the mission form. */
export function RewardDialog({ onClose, onCreated }: Props) {
  const client = useClient();
  const refresh = useRefresh();
  const form = useForm<RewardValues>({ initialValues: NEW_REWARD, validate: rewardErrors, validateInputOnBlur: true });
  const create = useMutation(
    trpc.rewards.create.mutationOptions({
      onSuccess: (reward) => {
        onCreated(reward);
        onClose();
      },
      onSettled: refresh,
    }),
  );
  const save = () => {
    if (!form.validate().hasErrors) {
      create.mutate({ clientId: client.id, ...checkedReward(form.getValues()) });
    }
  };
  return (
    <WriteDialog
      title="New reward"
      onClose={onClose}
      confirm="Create reward"
      onConfirm={save}
      reason={client.reasonFor("rewards:write")}
      isBusy={create.isPending}
      error={create.error}
      note="It can be given by other missions too."
    >
      <TextInput
        label="Name"
        description="As creators read it"
        data-autofocus
        withAsterisk
        {...form.getInputProps("name")}
      />
      <Select label="Type" data={typeOptions} {...form.getInputProps("type")} />
      <ValueFields form={form} />
      <Textarea label="Description" autosize minRows={2} maxRows={6} {...form.getInputProps("description")} />
    </WriteDialog>
  );
}

function ValueFields({ form }: { form: UseFormReturnType<RewardValues> }) {
  const { currency } = useClient();
  const fields = VALUE_FIELDS[form.values.type];
  if (fields.length === 0) {
    return null;
  }
  const LABELS: Partial<Record<keyof RewardValues, { label: string; description?: string; optional?: boolean }>> = {
    amount: { label: `Amount in ${currency}` },
    percent: { label: form.values.type === "discount" ? "Percent off" : "Percent on top of the commission" },
    durationDays: { label: "Days it lasts" },
    durationMinutes: { label: "Minutes it lasts", description: "48 hours are 2,880" },
    couponCode: { label: "Coupon code", optional: true },
    maxUses: { label: "Uses at most", optional: true },
  };
  return (
    <div className={classes.pair}>
      {fields.map((field) => (
        <TextInput
          key={field}
          label={LABELS[field]?.label ?? field}
          description={
            LABELS[field]?.description ?? (LABELS[field]?.optional === true ? "May be left empty" : undefined)
          }
          withAsterisk={LABELS[field]?.optional !== true}
          inputMode={field === "couponCode" ? "text" : "decimal"}
          {...form.getInputProps(field)}
        />
      ))}
    </div>
  );
}
