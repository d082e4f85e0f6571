import { useQuery } from "@tanstack/react-query";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { useRefresh } from "./use-refresh.ts";

/** Asks before a mission is put to sleep: its rows stay, nothing moves, completed ones keep their reward. */
export function DeactivateDialog({ mission, onClose }: { mission: MissionDto; onClose: () => void }) {
  const client = useClient();
  const refresh = useRefresh();
  const counts = useQuery(
    trpc.missions.counts.queryOptions(
      { clientId: client.id, missionIds: [mission.id] },
      { staleTime: 0, refetchOnMount: "always" },
    ),
  );
  const deactivate = useMutation(trpc.missions.deactivate.mutationOptions({ onSettled: refresh }));
  const confirm = async () => {
    await deactivate.mutateAsync({ clientId: client.id, missionId: mission.id });
    announce(`${mission.name} is asleep. Its rows stay as they are.`);
  };
  const found = counts.data?.[0];
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Switch ${mission.name} off?`}
      confirm={found === undefined ? "Switch off" : `Switch off, stop ${countOf(moving(found), "row")}`}
      onConfirm={confirm}
    >
      {found === undefined && !counts.isError ? <SkeletonText width={320} /> : <Consequence counts={found} />}
    </ConfirmDialog>
  );
}

function moving(counts: MissionCountsDto): number {
  return counts.active + counts.over;
}

function Consequence({ counts }: { counts: MissionCountsDto | undefined }) {
  if (counts === undefined) {
    return <>Its rows stop moving and stay as they are. Completed ones keep their reward.</>;
  }
  const count = moving(counts);
  return (
    <>
      {count === 1 ? "1 row stops" : `${formatCount(count)} rows stop`} moving and{" "}
      {count === 1 ? "stays as it is" : "stay as they are"}.{" "}
      {counts.completed === 0
        ? "None is completed yet."
        : `The ${formatCount(counts.completed)} completed keep their reward.`}{" "}
      Videos posted meanwhile count when it runs again.
    </>
  );
}
