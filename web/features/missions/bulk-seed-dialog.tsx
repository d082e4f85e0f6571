import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { SumLine } from "../../ui/sum-line.tsx";
import { Dim } from "../../ui/text.tsx";
import { seedResultText } from "./preview-words.ts";
import { awaitsTyping, TypedConfirmation } from "./typed-confirmation.tsx";
import { useRefresh } from "./use-refresh.ts";
import { WriteDialog } from "../../ui/write-dialog.tsx";

interface Props {
  missions: readonly MissionDto[];
  onClose: () => void;
}

/** Asks before the missing rows of several missions are created in one statement, and shows the result. */
export function BulkSeedDialog({ missions, onClose }: Props) {
  const client = useClient();
  const refresh = useRefresh();
  const [promised, setPromised] = useState(0);
  const [typed, setTyped] = useState("");
  const missionIds = missions.map((mission) => mission.id);
  const counts = useQuery(
    trpc.missions.counts.queryOptions({ clientId: client.id, missionIds }, { staleTime: 0, refetchOnMount: "always" }),
  );
  const seed = useMutation(trpc.seeding.run.mutationOptions({ onSettled: refresh }));
  const total = counts.data?.reduce((sum, one) => sum + one.notSeeded, 0);
  const confirm = () => {
    setPromised(total ?? 0);
    seed.mutate({ clientId: client.id, missionIds });
  };
  return (
    <WriteDialog
      title={`Seed ${countOf(missions.length, "mission")}`}
      onClose={onClose}
      confirm={total === undefined ? "Create rows" : `Create ${countOf(total, "row")}`}
      onConfirm={confirm}
      reason={reasonToWait(counts.isFetching, total, typed)}
      isBusy={seed.isPending}
      error={seed.error}
      note="All in one step: either every row is created or none."
      done={seed.data === undefined ? undefined : <Banner tone="done" title={seedResultText(seed.data, promised)} />}
    >
      {counts.error === null ? (
        <>
          <RowSum counts={counts.data} />
          <Facts facts={missions.map((mission) => factOf(mission, counts.data))} />
          <TypedConfirmation count={total ?? 0} value={typed} onChange={setTyped} />
        </>
      ) : (
        <ErrorBanner
          error={counts.error}
          title="The rows could not be counted."
          onRetry={() => void counts.refetch()}
        />
      )}
    </WriteDialog>
  );
}

/** What is created and what stays, over all missions chosen. */
function RowSum({ counts }: { counts: readonly MissionCountsDto[] | undefined }) {
  const created = counts?.reduce((sum, one) => sum + one.notSeeded, 0);
  const left = counts?.reduce((sum, one) => sum + one.seeded, 0);
  return (
    <SumLine
      label="Rows by what happens to them"
      terms={[
        { key: "create", label: "create", count: created, bucket: "create" },
        { key: "leave", label: "leave as is", count: left, bucket: "seeded" },
      ]}
      total={{ label: "rows", count: created === undefined || left === undefined ? undefined : created + left }}
      withBar
    />
  );
}

function factOf(mission: MissionDto, counts: readonly MissionCountsDto[] | undefined): Fact {
  if (!mission.enabled) {
    return { term: mission.name, value: <Dim>draft: no rows are created</Dim> };
  }
  const found = counts?.find((one) => one.missionId === mission.id);
  if (found === undefined) {
    return { term: mission.name, value: <SkeletonText width={160} /> };
  }
  return {
    term: mission.name,
    value: (
      <>
        {found.notSeeded === 0
          ? "nothing to create"
          : `${countOf(found.notSeeded, "row")}, ${mission.activated ? "active" : "dormant"}`}{" "}
        <Dim>{formatCount(found.seeded)} already there</Dim>
      </>
    ),
  };
}

function reasonToWait(isFetching: boolean, total: number | undefined, typed: string): string | undefined {
  if (isFetching) {
    return "Counting, so that the number is exact.";
  }
  if (total === undefined) {
    return "The rows could not be counted.";
  }
  if (total === 0) {
    return "Nothing to create: everybody who qualifies already has a row.";
  }
  return awaitsTyping(total, typed) ? "Type the number of rows first." : undefined;
}
