import { IconPlus, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useClient } from "../../lib/client.tsx";
import { ActionButton } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { BulkSeedDialog } from "./bulk-seed-dialog.tsx";
import { NOTHING_TO_CREATE } from "./seed-reason.ts";
import type { useMissions } from "./use-missions.ts";

type Listed = Pick<ReturnType<typeof useMissions>, "counts" | "isComplete">;

/** What can be done on the page of all missions: seed everything that is enabled, and write a new one. */
export function MissionsActions({ page }: { page: Listed }) {
  const [isSeeding, setSeeding] = useState(false);
  return (
    <>
      <SeedEverything isNothingOpen={page.isComplete && isNothingOpen(page.counts)} onSeed={() => setSeeding(true)} />
      <NewMission />
      {isSeeding ? <BulkSeedDialog missionIds={null} onClose={() => setSeeding(false)} /> : null}
    </>
  );
}

/** False also while it is not known. */
function isNothingOpen(counts: ReturnType<typeof useMissions>["counts"]): boolean {
  return typeof counts === "object" && [...counts.values()].every(({ notSeeded }) => notSeeded === 0);
}

function SeedEverything({ isNothingOpen, onSeed }: { isNothingOpen: boolean; onSeed: () => void }) {
  const client = useClient();
  return (
    <ActionButton
      leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("seeding:run") ?? (isNothingOpen ? NOTHING_TO_CREATE : undefined)}
      onClick={onSeed}
    >
      Seed everything…
    </ActionButton>
  );
}

function NewMission() {
  const client = useClient();
  const reason = client.reasonFor("missions:write");
  const plus = <IconPlus size={16} stroke={1.75} aria-hidden />;
  if (reason !== undefined) {
    return (
      <ActionButton variant="filled" leftSection={plus} reason={reason}>
        New mission
      </ActionButton>
    );
  }
  return (
    <ButtonLink to="/c/$client/missions/new" params={{ client: client.subdomain }} variant="filled" leftSection={plus}>
      New mission
    </ButtonLink>
  );
}
