import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { BucketSum } from "./bucket-sum.tsx";
import { PlanNote } from "./plans/plan-note.tsx";
import { createLabel, seedResultText } from "./plans/plan-words.ts";
import { RefusedPlan } from "./plans/refused-plan.tsx";
import { useMakePlan, useSeeding } from "./plans/use-plan.ts";
import { useTyping } from "./plans/use-typing.ts";
import { SeedFacts } from "./seed-facts.tsx";
import { reasonNotToRun } from "./seed-reason.ts";
import { TypedConfirmation } from "./typed-confirmation.tsx";
import { WrittenLinks } from "./written-links.tsx";

interface Props {
  mission: MissionDto;
  /** The preview that the page shows, if it shows one: its plan is the one to run. */
  shown: PreviewDto | undefined;
  onClose: () => void;
}

/** Asks before the missing rows of one mission are created, with the plan that was shown, and tells what became of it. */
export function SeedDialog({ mission, shown, onClose }: Props) {
  const seeding = useSeeding(shown, useMakePlan(mission));
  const { plan, refused, seeded } = seeding;
  const isNewPlan = refused !== null;
  const rows = plan?.counts.willCreate ?? 0;
  const typing = useTyping(plan?.planId, rows);
  return (
    <WriteDialog
      title={`Seed ${mission.name}`}
      onClose={onClose}
      width={isNewPlan ? 720 : undefined}
      confirm={plan === undefined ? "Create rows" : createLabel(rows, isNewPlan)}
      onConfirm={seeding.seed}
      reason={reasonNotToRun(seeding, typing.isLeft)}
      isBusy={seeding.isSeeding}
      error={seeding.seedError}
      note={isNewPlan ? <PlanNote plan={plan} onClose={onClose} /> : "Can be undone, completed rows excepted."}
      done={
        seeded === undefined ? undefined : (
          <>
            <Banner tone="done" title={seedResultText(seeded, isNewPlan)} />
            <WrittenLinks missionId={mission.id} seedId={seeded.seedId} onClose={onClose} />
          </>
        )
      }
    >
      {refused === null ? null : <RefusedPlan refused={refused} onClose={onClose} />}
      {seeding.error === null ? (
        <>
          <BucketSum counts={plan?.counts} />
          {isNewPlan ? null : <SeedFacts mission={mission} preview={plan} onClose={onClose} />}
          <TypedConfirmation count={rows} value={typing.typed} onChange={typing.type} />
        </>
      ) : (
        <ErrorBanner error={seeding.error} title="The rows could not be counted." onRetry={seeding.recount} />
      )}
    </WriteDialog>
  );
}
