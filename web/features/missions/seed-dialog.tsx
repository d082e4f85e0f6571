import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PreviewDto } from "../../../server/eligibility/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { BucketSum } from "./bucket-sum.tsx";
import { seedResultText } from "./preview-words.ts";
import { SeedFacts } from "./seed-facts.tsx";
import { awaitsTyping, TypedConfirmation } from "./typed-confirmation.tsx";
import { useRefresh } from "./use-refresh.ts";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { WrittenLinks } from "./written-links.tsx";

/** Asks before the missing rows of one mission are created, with the numbers counted at this moment, and shows the result. */
export function SeedDialog({ mission, onClose }: { mission: MissionDto; onClose: () => void }) {
  const client = useClient();
  const refresh = useRefresh();
  const [promised, setPromised] = useState(0);
  const [typed, setTyped] = useState("");
  const preview = useQuery(
    trpc.eligibility.preview.queryOptions(
      { clientId: client.id, missionId: mission.id },
      { staleTime: 0, refetchOnMount: "always" },
    ),
  );
  const seed = useMutation(trpc.seeding.run.mutationOptions({ onSettled: refresh }));
  const counts = preview.data?.counts;
  const open = counts?.willCreate ?? 0;
  const confirm = () => {
    setPromised(open);
    seed.mutate({ clientId: client.id, missionIds: [mission.id] });
  };
  return (
    <WriteDialog
      title={`Seed ${mission.name}`}
      onClose={onClose}
      confirm={counts === undefined ? "Create rows" : `Create ${countOf(open, "row")}`}
      onConfirm={confirm}
      reason={reasonToWait(preview, typed)}
      isBusy={seed.isPending}
      error={seed.error}
      note="Rows already there are left as they are."
      done={
        seed.data === undefined ? undefined : (
          <>
            <Banner tone="done" title={seedResultText(seed.data, promised)} />
            <WrittenLinks missionId={mission.id} onClose={onClose} />
          </>
        )
      }
    >
      {preview.error === null ? (
        <>
          <BucketSum counts={counts} />
          <SeedFacts mission={mission} preview={preview.data} onClose={onClose} />
          <TypedConfirmation count={open} value={typed} onChange={setTyped} />
        </>
      ) : (
        <ErrorBanner
          error={preview.error}
          title="The rows could not be counted."
          onRetry={() => void preview.refetch()}
        />
      )}
    </WriteDialog>
  );
}

interface Asked {
  data: PreviewDto | undefined;
  isFetching: boolean;
}

function reasonToWait({ data, isFetching }: Asked, typed: string): string | undefined {
  if (isFetching) {
    return "Counting, so that the number is exact.";
  }
  if (data === undefined) {
    return "The rows could not be counted.";
  }
  if (data.counts.willCreate === 0) {
    return "Nothing to create: everybody who qualifies already has a row.";
  }
  return awaitsTyping(data.counts.willCreate, typed) ? "Type the number of rows first." : undefined;
}
