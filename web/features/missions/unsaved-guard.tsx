import { useBlocker } from "@tanstack/react-router";
import { ConfirmDialog } from "../../ui/dialog.tsx";

/** Asks before a form is left whose contents nobody saved: by a link, by Back, or by closing the tab. */
export function UnsavedGuard({ isUnsaved }: { isUnsaved: () => boolean }) {
  const leaving = useBlocker({ shouldBlockFn: isUnsaved, enableBeforeUnload: isUnsaved, withResolver: true });
  if (leaving.status === "idle") {
    return null;
  }
  return (
    <ConfirmDialog
      opened
      destructive
      title="Leave without saving?"
      confirm="Leave, and lose it"
      dismiss="Stay"
      onClose={leaving.reset}
      onConfirm={() => Promise.resolve(leaving.proceed())}
    >
      What was filled in here is not saved.
    </ConfirmDialog>
  );
}
