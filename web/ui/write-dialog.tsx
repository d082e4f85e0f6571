import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useShortcut } from "../lib/shortcuts.ts";
import { ActionButton } from "./action-button.tsx";
import { ErrorBanner } from "./banner.tsx";
import { ConfirmKeys, Dialog } from "./dialog.tsx";
import { Stack } from "./page.tsx";

interface Props {
  onClose: () => void;
  title: string;
  /** Names the number of what is written: "Create 212 rows". */
  confirm: string;
  onConfirm: () => void;
  /** Why it cannot be confirmed now. */
  reason: string | undefined;
  isBusy: boolean;
  /** Takes something away: the button is red. */
  destructive?: boolean | undefined;
  width?: number | undefined;
  error: unknown;
  note?: ReactNode;
  /** What was done; takes the place of the question, and the dialog stays until it is closed. */
  done?: ReactNode;
  children: ReactNode;
}

/** The button that had the focus is gone once it was written; the next key must not fall through to the page. */
function focusOnce(button: HTMLElement | null): void {
  button?.focus();
}

/**
 * A dialog that asks, writes, and then shows what was written. Mod+Enter confirms; a failure stays in sight. What takes something
 * away begins at Cancel, so that an Enter too many does nothing.
 */
export function WriteDialog({
  onClose,
  title,
  confirm,
  onConfirm,
  reason,
  isBusy,
  destructive = false,
  width,
  error,
  note,
  done,
  children,
}: Props) {
  const isDone = done !== undefined;
  useShortcut("mod+Enter", onConfirm, { enabled: !isDone && !isBusy && reason === undefined });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      busy={isBusy}
      width={width}
      note={isDone ? undefined : note}
      buttons={
        isDone ? (
          <Button ref={focusOnce} onClick={onClose} data-autofocus>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={isBusy} data-autofocus={destructive || undefined}>
              Cancel
            </Button>
            <ActionButton
              variant="filled"
              destructive={destructive}
              loading={isBusy}
              reason={reason}
              data-autofocus={!destructive || undefined}
              rightSection={<ConfirmKeys />}
              onClick={onConfirm}
            >
              {confirm}
            </ActionButton>
          </>
        )
      }
    >
      <Stack>
        {error === null || error === undefined ? null : <ErrorBanner error={error} />}
        {done ?? children}
      </Stack>
    </Dialog>
  );
}
