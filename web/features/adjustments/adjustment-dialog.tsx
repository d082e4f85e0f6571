import { Autocomplete, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { UseFormReturnType } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { adjustmentTypes } from "../../../server/adjustments/schema.ts";
import type { AdjustmentDto } from "../../../server/adjustments/schema.ts";
import { ADJUSTMENT_WORDS, signedMetricText } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import { fieldErrors } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { FieldPair } from "../../ui/form.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { adjustmentErrors, checkedAdjustment, NEW_ADJUSTMENT, sentValue } from "./adjustment-values.ts";
import type { AdjustmentValues } from "./adjustment-values.ts";

const typeOptions = adjustmentTypes.map((value) => ({ value, label: capital(ADJUSTMENT_WORDS[value]) }));

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Enters a correction of one creator's figure, with its reason; the next sync applies it. */
export function AdjustmentDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const form = useForm<AdjustmentValues>({
    initialValues: NEW_ADJUSTMENT,
    validate: (values) => adjustmentErrors(values, client.vipMetric),
    validateInputOnBlur: true,
  });
  const enter = useEnter(onClose, (errors) => form.setErrors(errors));
  const refusal = useBannerError(enter.error, form.values);
  const confirm = () => {
    if (!form.validate().hasErrors) {
      enter.mutate({ clientId: client.id, ...checkedAdjustment(form.getValues()) });
    }
  };
  const isReady = Object.keys(adjustmentErrors(form.values, client.vipMetric)).length === 0;
  return (
    <WriteDialog
      title="New adjustment"
      onClose={onClose}
      confirm={isReady ? `Enter ${signedMetricText(sentValue(form.values), client)}` : "Enter adjustment"}
      onConfirm={confirm}
      reason={client.reasonFor("adjustments:write")}
      isBusy={enter.isPending}
      error={refusal}
      note="It stays for good: a mistake is put right by another one."
    >
      <HandleField form={form} />
      <FieldPair>
        <Select label="Type" data={typeOptions} {...form.getInputProps("adjustmentType")} />
        <TextInput
          label={client.vipMetric === "sales" ? `Amount in ${client.currency}` : "Units"}
          description={form.values.adjustmentType === "correction" ? "Below 0 takes away" : undefined}
          inputMode="decimal"
          withAsterisk
          {...form.getInputProps("value")}
        />
      </FieldPair>
      <Textarea label="Reason" autosize minRows={2} maxRows={6} withAsterisk {...form.getInputProps("reason")} />
    </WriteDialog>
  );
}

/** The handle, with those that begin like it or hold it. */
function HandleField({ form }: { form: UseFormReturnType<AdjustmentValues> }) {
  const client = useClient();
  const [q] = useDebouncedValue(form.values.handle.trim().replace(/^@/, "").toLowerCase(), 200);
  const found = useQuery(
    trpc.creators.list.queryOptions(
      { clientId: client.id, q, limit: 8 },
      { enabled: q !== "", placeholderData: keepPreviousData },
    ),
  );
  const handles = q === "" ? [] : (found.data?.rows.map((row) => row.handle) ?? []);
  return (
    <Autocomplete
      label="Creator"
      description="The handle, with or without @"
      data={handles}
      filter={({ options }) => options}
      autoCapitalize="none"
      spellCheck={false}
      withAsterisk
      data-autofocus
      {...form.getInputProps("handle")}
    />
  );
}

function useEnter(onClose: () => void, setErrors: (errors: Record<string, string>) => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.adjustments.create.mutationOptions({
      onError: (error) => setErrors(fieldErrors(error)),
      onSuccess: async (made: AdjustmentDto) => {
        await Promise.all(
          [trpc.adjustments, trpc.audit, trpc.health].map((path) => queryClient.invalidateQueries(path.pathFilter())),
        );
        const amount = signedMetricText(made.amount ?? made.amountUnits ?? "0", client);
        announce(`Entered ${amount} for @${made.handle}. The next sync applies it.`);
        onClose();
      },
    }),
  );
}
