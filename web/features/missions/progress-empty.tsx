import { Button } from "@mantine/core";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useMissionSearch } from "./use-mission.ts";

/** Why nobody stands in the progress list, and what to do about it. */
export function ProgressEmpty({ mission, isFiltered }: { mission: MissionDto; isFiltered: boolean }) {
  const client = useClient();
  const { filter } = useMissionSearch();
  if (isFiltered) {
    return (
      <EmptyState
        title="No row fits these filters"
        action={<Button onClick={() => filter({ q: undefined, status: undefined })}>Clear the filters</Button>}
      >
        The filters hide the rows of this mission, if it has any.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={`Nobody has ${mission.name} yet`}
      action={
        <ButtonLink
          to="/c/$client/missions/$missionId"
          params={{ client: client.subdomain, missionId: mission.id }}
          search={{}}
        >
          See who would get it
        </ButtonLink>
      }
    >
      {mission.enabled
        ? "Rows appear once it is seeded, by hand or by the next sync."
        : "It is a draft: rows are created once it is enabled and seeded."}
    </EmptyState>
  );
}
