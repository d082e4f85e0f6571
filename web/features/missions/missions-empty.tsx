import { Button } from "@mantine/core";
import { useClient } from "../../lib/client.tsx";
import { ActionButton } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";

/** Why the list of missions is empty, and what to do about it. */
export function MissionsEmpty({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const client = useClient();
  if (isFiltered) {
    return (
      <EmptyState title="No mission fits these filters" action={<Button onClick={onClear}>Clear the filters</Button>}>
        The programme's other missions are there; the filters hide them.
      </EmptyState>
    );
  }
  const reason = client.reasonFor("missions:write");
  const action =
    reason === undefined ? (
      <ButtonLink to="/c/$client/missions/new" params={{ client: client.subdomain }}>
        Write the first mission
      </ButtonLink>
    ) : (
      <ActionButton reason={reason}>Write the first mission</ActionButton>
    );
  return (
    <EmptyState title={`${client.name} has no missions yet`} action={action}>
      A mission names a goal, a reward and the tier it is for. It starts as a draft: nothing is written for anybody
      until it is seeded.
    </EmptyState>
  );
}
