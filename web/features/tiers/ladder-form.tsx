import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { LadderDto } from "../../../server/tiers/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { fieldErrors } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { countOf } from "../../lib/numbers.ts";
import { useShortcut } from "../../lib/shortcuts.ts";
import { trpc, trpcClient } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Row } from "../../ui/page.tsx";
import { checkedLadder, formErrors, ladderErrors, ladderValues, MOST_TIERS, newTier } from "./ladder-values.ts";
import type { TierValues } from "./ladder-values.ts";
import { TierFields } from "./tier-fields.tsx";
import classes from "./tiers.module.css";

/** The whole ladder at once, lowest first: it is checked and saved as one. */
export function LadderForm({ ladder, onClose }: { ladder: LadderDto; onClose: () => void }) {
  const client = useClient();
  const element = useRef<HTMLFormElement>(null);
  const made = useRef(0);
  const form = useForm<{ tiers: TierValues[] }>({
    initialValues: { tiers: ladderValues(ladder.tiers, client.vipMetric) },
    validate: ({ tiers }) => ladderErrors(tiers, client.vipMetric),
  });
  const save = useSave(onClose, (errors) => form.setErrors(errors));
  const refusal = useBannerError(save.error, form.values);
  useShortcut("mod+Enter", () => element.current?.requestSubmit());
  const { tiers } = form.values;
  const insert = (at: number) => {
    made.current += 1;
    form.insertListItem("tiers", newTier(`new-${made.current}`), at);
  };
  const full = tiers.length >= MOST_TIERS ? `A ladder has ${MOST_TIERS} tiers at most.` : undefined;
  return (
    <form
      ref={element}
      noValidate
      className={classes.form}
      onSubmit={form.onSubmit((values) => save.mutate(values.tiers))}
    >
      <Panel title="The ladder, lowest first" note={countOf(tiers.length, "tier")} flush>
        <ol className={classes.tiers}>
          {tiers.map((tier, index) => (
            <TierFields
              key={tier.key}
              form={form}
              index={index}
              stored={ladder.tiers.find((one) => one.tierId === tier.tierId)}
              full={full}
              onInsert={() => insert(index + 1)}
              onRemove={() => form.removeListItem("tiers", index)}
            />
          ))}
        </ol>
      </Panel>
      <Row>
        <ActionButton
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          reason={full}
          onClick={() => insert(tiers.length)}
        >
          Add a tier on top
        </ActionButton>
      </Row>
      <Faults count={Object.keys(form.errors).length} error={refusal} />
      <Foot count={tiers.length} isDirty={form.isDirty()} isBusy={save.isPending} onClose={onClose} />
    </form>
  );
}

interface FootProps {
  count: number;
  isDirty: boolean;
  isBusy: boolean;
  onClose: () => void;
}

function Foot({ count, isDirty, isBusy, onClose }: FootProps) {
  return (
    <Row>
      <ActionButton
        type="submit"
        variant="filled"
        loading={isBusy}
        reason={isDirty ? undefined : "Nothing is changed."}
      >
        Save {countOf(count, "tier")}
      </ActionButton>
      <Button onClick={onClose} disabled={isBusy}>
        Cancel
      </Button>
    </Row>
  );
}

function Faults({ count, error }: { count: number; error: unknown }) {
  if (error !== null) {
    return <ErrorBanner error={error} title="The ladder was not saved." />;
  }
  return count === 0 ? null : (
    <Banner tone="failed" title={`${countOf(count, "field")} ${count === 1 ? "keeps" : "keep"} it from being saved.`} />
  );
}

function useSave(onClose: () => void, setErrors: (errors: Record<string, string>) => void) {
  const client = useClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tiers: TierValues[]) =>
      trpcClient.tiers.update.mutate({ clientId: client.id, ...checkedLadder(tiers, client.vipMetric) }),
    onError: (error) => setErrors(formErrors(fieldErrors(error))),
    onSuccess: (saved) => {
      // The page shows the ladder as saved at once; what else reads it is asked anew below.
      queryClient.setQueryData(trpc.tiers.list.queryKey({ clientId: client.id }), saved);
      announce(`Saved ${countOf(saved.tiers.length, "tier")}.`);
      onClose();
    },
    onSettled: () =>
      Promise.all(
        [trpc.tiers, trpc.creators, trpc.missions, trpc.eligibility, trpc.health, trpc.audit].map((path) =>
          queryClient.invalidateQueries(path.pathFilter()),
        ),
      ),
  });
}
