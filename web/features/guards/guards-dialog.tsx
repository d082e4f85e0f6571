import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { guardNames, guards, guardsSaveInput } from "../../../server/sync/guards/schema.ts";
import type { GuardName, Thresholds } from "../../../server/sync/guards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { errorsByField } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { formatDecimal } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { FieldPair } from "../../ui/form.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { GUARD_WORDS } from "./guard-words.ts";

type Values = Record<GuardName, string>;

/** Sets all thresholds; an empty one switches its guard off. */
export function GuardsDialog({ thresholds, onClose }: { thresholds: Thresholds; onClose: () => void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const form = useForm<Values>({
    initialValues: valuesOf(thresholds),
    validate: faultsOf,
    validateInputOnBlur: true,
  });
  const save = useMutation(
    trpc.guards.save.mutationOptions({
      onError: (error) => form.setErrors(errorsByField(error)),
      onSuccess: async () => {
        await Promise.all([
          queryClient.invalidateQueries(trpc.guards.pathFilter()),
          queryClient.invalidateQueries(trpc.audit.pathFilter()),
        ]);
        announce("Saved the guards.");
        onClose();
      },
    }),
  );
  const refusal = useBannerError(save.error, form.values);
  const confirm = () => {
    if (!form.validate().hasErrors) {
      save.mutate({ clientId: client.id, thresholds: thresholdsOf(form.getValues()) });
    }
  };
  return (
    <WriteDialog
      title="Edit guards"
      onClose={onClose}
      confirm="Save guards"
      onConfirm={confirm}
      reason={client.reasonFor("guards:write")}
      isBusy={save.isPending}
      error={refusal}
      note="An empty field switches its guard off. The next step that is run looks at them."
    >
      {pairsOf(guardNames).map((pair) => (
        <FieldPair key={pair.join(" ")}>
          {pair.map((name) => (
            <TextInput
              key={name}
              label={GUARD_WORDS[name].label}
              description={`By default ${formatDecimal(guards[name].byDefault)}`}
              inputMode="decimal"
              placeholder="off"
              rightSection={unitOf(name, client.currency)}
              rightSectionWidth={44}
              {...form.getInputProps(name)}
            />
          ))}
        </FieldPair>
      ))}
    </WriteDialog>
  );
}

function unitOf(name: GuardName, currency: string): string | null {
  const { unit } = guards[name];
  return unit === "percent" ? "%" : unit === "money" ? currency : null;
}

function pairsOf(names: readonly GuardName[]): GuardName[][] {
  return names.flatMap((_name, index) => (index % 2 === 0 ? [names.slice(index, index + 2)] : []));
}

function valuesOf(thresholds: Thresholds): Values {
  return Object.fromEntries(guardNames.map((name) => [name, thresholds[name] ?? ""])) as Values;
}

function thresholdsOf(values: Values): Thresholds {
  const text = (name: GuardName) => values[name].trim().replaceAll(",", "");
  return Object.fromEntries(guardNames.map((name) => [name, text(name) === "" ? null : text(name)])) as Thresholds;
}

/** The server's own sentences, by field. */
function faultsOf(values: Values): Partial<Record<GuardName, string>> {
  const checked = guardsSaveInput.safeParse({ thresholds: thresholdsOf(values) });
  if (checked.success) {
    return {};
  }
  return Object.fromEntries(checked.error.issues.map(({ path, message }) => [String(path[1]), message]));
}
