import { useForm } from "@mantine/form";
import type { RewardDto } from "../../../server/rewards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { errorsByField } from "../../lib/errors.ts";
import { checkedReward, NEW_REWARD, rewardErrors } from "../../lib/reward-values.ts";
import type { RewardValues } from "../../lib/reward-values.ts";
import { trpc } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { RewardFields } from "../../ui/reward-fields.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { useRefresh } from "./use-refresh.ts";

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
      onError: (error) => form.setErrors(errorsByField(error)),
      onSuccess: (reward) => {
        onCreated(reward);
        onClose();
      },
      onSettled: refresh,
    }),
  );
  const refusal = useBannerError(create.error, form.values);
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
      error={refusal}
      note="It can be given by other missions too."
    >
      <RewardFields form={form} />
    </WriteDialog>
  );
}
