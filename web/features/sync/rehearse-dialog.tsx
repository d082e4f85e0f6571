import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useShortcut } from "../../lib/shortcuts.ts";
import { useStartRehearsal } from "../../lib/start-rehearsal.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { ConfirmKeys, Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Stack } from "../../ui/page.tsx";
import { RehearsalRefusal } from "../../ui/rehearsal-banners.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";

/** Says what a rehearsal is and which file it would play with, before it is played. */
export function RehearseDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const schedule = useQuery(trpc.schedule.get.queryOptions({ clientId: client.id }));
  const rehearsal = useStartRehearsal();
  const start = () => rehearsal.startNow();
  useShortcut("mod+Enter", start);
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Rehearse tonight's sync"
      busy={rehearsal.isStarting}
      note="Nothing is written."
      buttons={
        <>
          <ButtonLink to="/c/$client/import" params={{ client: client.subdomain }}>
            With another file
          </ButtonLink>
          <Button onClick={onClose} disabled={rehearsal.isStarting}>
            Cancel
          </Button>
          <ActionButton
            variant="filled"
            loading={rehearsal.isStarting}
            onClick={start}
            rightSection={<ConfirmKeys />}
            data-autofocus
          >
            Rehearse
          </ActionButton>
        </>
      }
    >
      <Stack gap={16}>
        <RehearsalRefusal busy={rehearsal.busy} error={rehearsal.error} />
        <span>
          The eight steps are played on the real data and taken back: who would rise, fall, be seeded, complete and be
          rewarded, by name and exact as of that moment.
        </span>
        <Facts
          facts={[
            { term: "File", value: <InboxFile inbox={schedule.data?.inbox} hasFailed={schedule.isError} /> },
            { term: "Meanwhile", value: "Everybody can go on working. Whatever is written ends the rehearsal." },
          ]}
        />
      </Stack>
    </Dialog>
  );
}

function InboxFile({ inbox, hasFailed }: { inbox: ScheduleDto["inbox"] | undefined; hasFailed: boolean }) {
  if (inbox === undefined) {
    return hasFailed ? <>The inbox could not be read.</> : <SkeletonText width={200} />;
  }
  const { newestFile, folder } = inbox;
  if (newestFile === null || newestFile.isTaken) {
    return <>None: no new file lies in {folder}, as tonight if none comes.</>;
  }
  return (
    <>
      {newestFile.name} of the inbox, changed <When at={newestFile.modifiedAt} />, as tonight. It stays where it is.
    </>
  );
}
