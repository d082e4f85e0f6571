import { Button } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { FormErrors } from "@mantine/form";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { fieldErrors } from "../../lib/errors.ts";
import { announce } from "../../lib/notify.ts";
import { useShortcut } from "../../lib/shortcuts.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Stack } from "../../ui/page.tsx";
import { GoalFields, NameFields, RunFields, TierFields } from "./mission-fields.tsx";
import type { MissionForm as FormOfMission } from "./mission-fields.tsx";
import { checkedInput, errorsSentence, missionErrors, NEW_MISSION, valuesOf } from "./mission-form-values.ts";
import type { MissionField, MissionValues } from "./mission-form-values.ts";
import classes from "./missions.module.css";
import { MissionNumbers } from "./numbers/mission-numbers.tsx";
import numbers from "./numbers/numbers.module.css";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useRefresh } from "./use-refresh.ts";

const LABELS: Record<MissionField, string> = {
  missionType: "Type",
  title: "Title",
  displayName: "Name",
  description: "Description",
  targetValue: "Target",
  rewardId: "Reward",
  tierEligibility: "Tier",
  previewFromTier: "Seen locked by",
  displayOrder: "Place in the list",
  raffleEndDate: "Ends on",
  enabled: "Enabled",
};

/** Creates a mission, or changes one that exists. */
export function MissionForm({ mission }: { mission: MissionDto | null }) {
  const element = useRef<HTMLFormElement>(null);
  const form = useForm<MissionValues>({
    initialValues: mission === null ? NEW_MISSION : valuesOf(mission),
    validate: missionErrors,
    validateInputOnBlur: true,
  });
  const isDone = useRef(false);
  const done = () => {
    isDone.current = true;
  };
  const save = useSave(mission, { setErrors: (errors) => form.setErrors(errors), onSaved: done });
  const refusal = useBannerError(save.error, form.values);
  const leave = useLeave(mission);
  useShortcut("mod+Enter", () => element.current?.requestSubmit());
  const focusFirst = (errors: FormErrors) => {
    const first = (Object.keys(LABELS) as MissionField[]).find((field) => errors[field] !== undefined);
    form.getInputNode(first ?? "title")?.focus();
  };
  const faults = faultsOf(form);
  return (
    <div className={numbers.beside}>
      <form
        ref={element}
        noValidate
        className={classes.form}
        onSubmit={form.onSubmit((values) => save.mutate(values), focusFirst)}
      >
        <Section title="What it is called">
          <NameFields form={form} />
        </Section>
        <Section title="Goal and reward">
          <GoalFields form={form} mission={mission} />
        </Section>
        <Section title="Who gets it">
          <TierFields form={form} />
        </Section>
        <Section title="State">
          <RunFields form={form} mission={mission} />
        </Section>
        <Faults faults={faults} error={refusal} />
        <Foot
          isNew={mission === null}
          isSaving={save.isPending}
          onLeave={() => {
            done();
            leave();
          }}
        />
      </form>
      <MissionNumbers form={form} missionId={mission?.id} />
      <UnsavedGuard isUnsaved={() => !isDone.current && form.isDirty()} />
    </div>
  );
}

/** The fields at fault that can be seen: the type decides which of two is there, and an error of the other could not be mended. */
function faultsOf(form: FormOfMission): MissionField[] {
  const absent: MissionField = form.values.missionType === "raffle" ? "targetValue" : "raffleEndDate";
  return (Object.keys(LABELS) as MissionField[]).filter(
    (field) => field !== absent && form.errors[field] !== undefined,
  );
}

function Foot({ isNew, isSaving, onLeave }: { isNew: boolean; isSaving: boolean; onLeave: () => void }) {
  const client = useClient();
  return (
    <div className={classes.formFoot}>
      <ActionButton type="submit" variant="filled" loading={isSaving} reason={client.reasonFor("missions:write")}>
        {isNew ? "Create mission" : "Save changes"}
      </ActionButton>
      <Button onClick={onLeave} disabled={isSaving}>
        Cancel
      </Button>
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Panel title={title}>
      <Stack>{children}</Stack>
    </Panel>
  );
}

/** The errors as a sentence beside the button: what the fields say, else what the server said. */
function Faults({ faults, error }: { faults: readonly MissionField[]; error: unknown }) {
  if (faults.length > 0) {
    return <Banner tone="failed" title={errorsSentence(faults.map((field) => LABELS[field]))} />;
  }
  return error === null ? null : <ErrorBanner error={error} title="It was not saved." />;
}

interface SaveWays {
  setErrors: (errors: Record<string, string>) => void;
  /** Called before the page is left for what was saved. */
  onSaved: () => void;
}

function useSave(mission: MissionDto | null, { setErrors, onSaved }: SaveWays) {
  const client = useClient();
  const navigate = useNavigate();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (values: MissionValues) => {
      const { missionType, ...fields } = checkedInput(values);
      return mission === null
        ? trpcClient.missions.create.mutate({ clientId: client.id, missionType, ...fields })
        : trpcClient.missions.update.mutate({ clientId: client.id, missionId: mission.id, ...fields });
    },
    onError: (error) => setErrors(fieldErrors(error)),
    onSuccess: async (saved) => {
      onSaved();
      await refresh();
      announce(mission === null ? `Created ${saved.name}.` : `Saved ${saved.name}.`);
      await navigate({
        to: "/c/$client/missions/$missionId",
        params: { client: client.subdomain, missionId: saved.id },
      });
    },
  });
}

function useLeave(mission: MissionDto | null): () => void {
  const client = useClient();
  const navigate = useNavigate();
  return () =>
    void (mission === null
      ? navigate({ to: "/c/$client/missions", params: { client: client.subdomain } })
      : navigate({
          to: "/c/$client/missions/$missionId",
          params: { client: client.subdomain, missionId: mission.id },
        }));
}
