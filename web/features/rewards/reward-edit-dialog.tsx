import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import type { RewardDto } from "../../../server/rewards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { errorsByField } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { countOf } from "../../lib/numbers.ts";
import { checkedReward, NEW_REWARD, rewardErrors, rewardValuesOf } from "../../lib/reward-values.ts";
import type { RewardValues } from "../../lib/reward-values.ts";
import { trpc, trpcClient } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { RewardFields, RewardRuleFields } from "../../ui/reward-fields.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";

interface Props {
  reward: RewardDto | null;
  onClose: () => void;
}

/** Creates a reward, or changes one that exists. */
export function RewardEditDialog({ reward, onClose }: Props) {
  const client = useClient();
  const form = useForm<RewardValues>({
    initialValues: reward === null ? NEW_REWARD : rewardValuesOf(reward),
    validate: rewardErrors,
    validateInputOnBlur: true,
  });
  const save = useSave(reward, onClose, (errors) => form.setErrors(errors));
  const refusal = useBannerError(save.error, form.values);
  const confirm = () => {
    if (!form.validate().hasErrors) {
      save.mutate(form.getValues());
    }
  };
  return (
    <WriteDialog
      title={reward === null ? "New reward" : `Edit ${reward.name}`}
      onClose={onClose}
      confirm={reward === null ? "Create reward" : "Save changes"}
      onConfirm={confirm}
      reason={client.reasonFor("rewards:write")}
      isBusy={save.isPending}
      error={refusal}
      note={reward === null ? "Any mission can give it." : usedText(reward.missions)}
    >
      <RewardFields form={form} />
      <RewardRuleFields form={form} />
    </WriteDialog>
  );
}

function usedText(missions: number): string {
  return missions === 0
    ? "No mission gives it."
    : `${countOf(missions, "mission")} ${missions === 1 ? "gives" : "give"} it.`;
}

function useSave(reward: RewardDto | null, onClose: () => void, setErrors: (errors: Record<string, string>) => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (values: RewardValues) => {
      const input = { clientId: client.id, ...checkedReward(values) };
      return reward === null
        ? trpcClient.rewards.create.mutate(input)
        : trpcClient.rewards.update.mutate({ ...input, rewardId: reward.id });
    },
    onError: (error) => setErrors(errorsByField(error)),
    onSuccess: async (saved) => {
      await Promise.all(
        [trpc.rewards, trpc.missions, trpc.eligibility, trpc.redemptions, trpc.audit].map((path) =>
          queryClient.invalidateQueries(path.pathFilter()),
        ),
      );
      announce(reward === null ? `Created ${saved.name}.` : `Saved ${saved.name}.`);
      onClose();
    },
  });
}
