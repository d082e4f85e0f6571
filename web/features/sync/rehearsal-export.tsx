import { IconDownload } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import type { ChangeKind } from "../../../server/sync/changes/schema.ts";
import { useClient } from "../../lib/client.tsx";

interface Props {
  rehearsalId: string;
  kind: ChangeKind;
  /** "22 creators" */
  what: string;
}

/** All names of one kind as a CSV file. */
export function RehearsalExport({ rehearsalId, kind, what }: Props) {
  const client = useClient();
  return (
    <Button
      component="a"
      download
      size="xs"
      href={`/api/clients/${client.id}/exports/rehearsal.csv?rehearsalId=${rehearsalId}&kind=${kind}`}
      aria-label={`Export ${what} as CSV`}
      leftSection={<IconDownload size={14} stroke={1.75} aria-hidden />}
    >
      Export {what}
    </Button>
  );
}
