import { Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useShortcut } from "../../lib/shortcuts.ts";
import { useStartSync } from "../../lib/start-sync.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { BusyBanner } from "../../ui/run-status.tsx";
import { When } from "../../ui/text.tsx";

const FETCHED =
  "It is fetched when the run comes to it; where there is none that is newer, the other steps run on what is there.";

type Inbox = ScheduleDto["inbox"];

/** Asks what a run is to take: nothing, the newest file of the inbox, or a file that is checked first. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const schedule = useQuery(trpc.schedule.get.queryOptions({ clientId: client.id }));
  const sync = useStartSync();
  const [chosen, setChosen] = useState<"none" | "inbox" | null>(null);
  const inbox = schedule.data?.inbox;
  const fetched = useQuery(trpc.sources.get.queryOptions({ clientId: client.id }));
  const isFetched = fetched.data?.kind === "https";
  const hasNew = isFetched || inbox?.newestFile?.isTaken === false;
  const source = chosen ?? (hasNew ? "inbox" : "none");
  const run = () => sync.startNow(source === "inbox" ? { inbox: true } : {});
  useShortcut("mod+Enter", run);
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Run the sync"
      busy={sync.isStarting}
      note="The same eight steps as every night."
      buttons={
        <>
          <ButtonLink to="/c/$client/import" params={{ client: client.subdomain }}>
            Check a file first
          </ButtonLink>
          <ActionButton variant="filled" loading={sync.isStarting} onClick={run} data-autofocus>
            {source === "inbox" ? "Import the file and run" : "Run without a file"}
          </ActionButton>
        </>
      }
    >
      <Stack gap={12}>
        {sync.busy === null ? null : <BusyBanner number={sync.busy} />}
        {sync.error === null ? null : <ErrorBanner error={sync.error} title="No run was started." />}
        <Radio.Group
          label="What it imports"
          value={source}
          onChange={(value) => setChosen(value === "inbox" ? "inbox" : "none")}
        >
          <Stack gap={12} mt={8}>
            <Radio
              value="none"
              label="No file"
              description="Adjustments, tiers, seeding, progress and redemptions run on what is there."
            />
            <Radio
              value="inbox"
              disabled={!hasNew}
              label={isFetched ? "The file at its address" : "The newest file of the inbox"}
              description={isFetched ? FETCHED : <InboxWords inbox={inbox} hasFailed={schedule.isError} />}
            />
          </Stack>
        </Radio.Group>
      </Stack>
    </Dialog>
  );
}

function InboxWords({ inbox, hasFailed }: { inbox: Inbox | undefined; hasFailed: boolean }) {
  if (inbox === undefined) {
    return <>{hasFailed ? "The inbox could not be read." : "Looking into the inbox…"}</>;
  }
  const { newestFile, folder } = inbox;
  if (newestFile === null) {
    return <>No finished file lies in {folder}.</>;
  }
  return (
    <>
      {newestFile.name}, changed <When at={newestFile.modifiedAt} />
      {newestFile.isTaken ? "; it was read before." : "."}
    </>
  );
}
