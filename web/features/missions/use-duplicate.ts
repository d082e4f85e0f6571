import { useNavigate } from "@tanstack/react-router";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { useRefresh } from "./use-refresh.ts";

/** Makes a draft with the same fields and opens it for editing. */
export function useDuplicate() {
  const client = useClient();
  const navigate = useNavigate();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (mission: MissionDto) =>
      trpcClient.missions.duplicate.mutate({ clientId: client.id, missionId: mission.id }),
    onSuccess: (copy, mission) => {
      announce(`Copied ${mission.name} as a draft.`);
      void navigate({
        to: "/c/$client/missions/$missionId/edit",
        params: { client: client.subdomain, missionId: copy.id },
      });
    },
    onSettled: refresh,
  });
}
