import { useQueryClient } from "@tanstack/react-query";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { BucketSum } from "./bucket-sum.tsx";
import { BulkFacts, BulkMissions, BulkWritten } from "./bulk-plan.tsx";
import { PlanNote } from "./plans/plan-note.tsx";
import { createLabel, seedResultText } from "./plans/plan-words.ts";
import { RefusedPlan } from "./plans/refused-plan.tsx";
import { useSeeding } from "./plans/use-plan.ts";
import { useTyping } from "./plans/use-typing.ts";
import { reasonNotToRun } from "./seed-reason.ts";
import { TypedConfirmation } from "./typed-confirmation.tsx";

interface Props {
  /** null: everything that is enabled */
  missionIds: readonly string[] | null;
  onClose: () => void;
  /** Called when it is closed after it ran. */
  onSeeded?: (() => void) | undefined;
}

/** Asks before the missing rows of several missions are created as one plan, and tells what became of it. */
export function BulkSeedDialog({ missionIds, onClose: onLeave, onSeeded }: Props) {
  const seeding = useSeeding(undefined, useMakeBulkPlan(missionIds));
  const { plan, refused, seeded } = seeding;
  const onClose = () => {
    onLeave();
    if (seeded !== undefined) {
      onSeeded?.();
    }
  };
  const isNewPlan = refused !== null;
  const rows = plan?.counts.willCreate ?? 0;
  const typing = useTyping(plan?.planId, rows);
  return (
    <WriteDialog
      title={missionIds === null ? "Seed everything that is enabled" : `Seed ${countOf(missionIds.length, "mission")}`}
      onClose={onClose}
      width={720}
      confirm={plan === undefined ? "Create rows" : createLabel(rows, isNewPlan)}
      onConfirm={seeding.seed}
      reason={reasonNotToRun(seeding, typing.isLeft)}
      isBusy={seeding.isSeeding}
      error={seeding.seedError}
      note={
        isNewPlan ? <PlanNote plan={plan} onClose={onClose} /> : "All in one step: either every row is created or none."
      }
      done={
        seeded === undefined ? undefined : (
          <>
            <Banner tone="done" title={seedResultText(seeded, isNewPlan)} />
            <BulkWritten plan={plan} seeded={seeded} onClose={onClose} />
          </>
        )
      }
    >
      {refused === null ? null : <RefusedPlan refused={refused} isOfSeveral onClose={onClose} />}
      {seeding.error === null ? (
        <>
          <BucketSum counts={plan?.counts} of="creators and missions" />
          <BulkMissions plan={plan} onClose={onClose} />
          <BulkFacts plan={plan} isNewPlan={isNewPlan} onClose={onClose} />
          <TypedConfirmation count={rows} value={typing.typed} onChange={typing.type} />
        </>
      ) : (
        <ErrorBanner error={seeding.error} title="The rows could not be counted." onRetry={seeding.recount} />
      )}
    </WriteDialog>
  );
}

function useMakeBulkPlan(missionIds: readonly string[] | null) {
  const client = useClient();
  const queryClient = useQueryClient();
  const input = { clientId: client.id, missionIds: missionIds === null ? undefined : [...missionIds] };
  return () => queryClient.fetchQuery({ ...trpc.eligibility.previewMany.queryOptions(input), staleTime: 0 });
}
