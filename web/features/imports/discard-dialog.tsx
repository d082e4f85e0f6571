import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";

/** Asks before a file is given up: nothing of it was written, so nothing is lost but the file. */
export function DiscardDialog({ file, onClose }: { file: ImportDto; onClose: () => void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const discard = useMutation(
    trpc.imports.discard.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.imports.pathFilter()) }),
  );
  const confirm = async () => {
    await discard.mutateAsync({ clientId: client.id, importId: file.id });
    announce(`${file.fileName} was discarded. Nothing of it was written.`);
    await navigate({ to: "/c/$client/import", params: { client: client.subdomain } });
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Discard ${file.fileName}?`}
      confirm="Discard the file"
      destructive
      onConfirm={confirm}
      note="The entry stays in the list of files."
    >
      Nothing of it was written. To import it later, upload it again.
    </ConfirmDialog>
  );
}
