import { Button, Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { shortcutLabel, useShortcut } from "../lib/shortcuts.ts";
import { useOneAtATime } from "../lib/use-one-at-a-time.ts";
import { ActionButton } from "./action-button.tsx";
import { ErrorBanner } from "./banner.tsx";
import { useIsPhone } from "./data-table.tsx";
import classes from "./dialog.module.css";

interface DialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Left in the foot: what can be undone, plan id and time. */
  note?: ReactNode;
  /** Buttons of the foot. */
  buttons?: ReactNode;
  children: ReactNode;
  width?: number | undefined;
  /** While something is being written the dialog stays open. */
  busy?: boolean | undefined;
}

/** After it closes, the focus goes back to what had it when the dialog opened: dialogs are taken away whole, not only hidden. */
function useFocusBack(opened: boolean) {
  useEffect(() => {
    if (!opened) {
      return undefined;
    }
    const opener = document.activeElement;
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement && opener !== document.body) {
        const back = opener.isConnected ? opener : document.querySelector<HTMLElement>("main");
        back?.focus({ preventScroll: true });
      }
    };
  }, [opened]);
}

/** A dialog: head 52, body, foot with a note on the left and buttons on the right. Takes the whole screen of a phone. */
export function Dialog({ opened, onClose, title, note, buttons, children, width = 600, busy = false }: DialogProps) {
  const isPhone = useIsPhone();
  useFocusBack(opened);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={width}
      fullScreen={isPhone}
      radius={isPhone ? 0 : "lg"}
      classNames={{ content: classes.content ?? "" }}
      closeOnClickOutside={!busy}
      closeOnEscape={!busy}
      centered
    >
      <Modal.Overlay color="#141014" backgroundOpacity={0.44} />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title className={classes.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" disabled={busy} />
        </div>
        <div className={classes.body}>{children}</div>
        {note === undefined && buttons === undefined ? null : (
          <div className={classes.foot}>
            <span className={classes.note}>{note}</span>
            <span className={classes.buttons}>{buttons}</span>
          </div>
        )}
      </Modal.Content>
    </Modal.Root>
  );
}

/** Beside the word on the button: the keys that confirm. */
export function ConfirmKeys() {
  return (
    <span aria-hidden className={classes.keys}>
      {shortcutLabel("mod+Enter").join(" ")}
    </span>
  );
}

interface ConfirmProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** Says what happens, with its number: "Create 212 rows". */
  confirm: string;
  /** Does it. A rejected promise stays in the dialog as a sentence; a fulfilled one closes it. */
  onConfirm: () => Promise<unknown>;
  /** Why it cannot be confirmed now. */
  reason?: string | undefined;
  destructive?: boolean | undefined;
  /** What the other button says, where "Cancel" would be mistaken for the act itself. */
  dismiss?: string | undefined;
  note?: ReactNode;
  width?: number | undefined;
  children: ReactNode;
}

/** Runs the confirmed act once at a time and keeps its failure for the page. */
function useConfirm({ onClose, onConfirm, reason }: Pick<ConfirmProps, "onClose" | "onConfirm" | "reason">) {
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: null });
  const once = useOneAtATime();
  const close = () => {
    setState({ isBusy: false, error: null });
    onClose();
  };
  const act = async () => {
    setState({ isBusy: true, error: null });
    try {
      await onConfirm();
      close();
    } catch (error) {
      setState({ isBusy: false, error });
    }
  };
  const run = async () => (reason === undefined ? once(act) : undefined);
  return { ...state, close, run };
}

/** A dialog that asks before something is written. Mod+Enter confirms, Escape closes, a failure stays in sight. */
export function ConfirmDialog(props: ConfirmProps) {
  const { opened, title, confirm, reason, destructive = false, dismiss = "Cancel", note, width, children } = props;
  const { isBusy, error, close, run } = useConfirm(props);
  useShortcut("mod+Enter", () => void run(), { enabled: opened });
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={title}
      note={note}
      width={width}
      busy={isBusy}
      buttons={
        <>
          <Button onClick={close} disabled={isBusy} data-autofocus={destructive || undefined}>
            {dismiss}
          </Button>
          <ActionButton
            variant="filled"
            destructive={destructive}
            loading={isBusy}
            reason={reason}
            data-autofocus={!destructive || undefined}
            rightSection={<ConfirmKeys />}
            onClick={() => void run()}
          >
            {confirm}
          </ActionButton>
        </>
      }
    >
      {error === null ? null : <ErrorBanner error={error} />}
      {children}
    </Dialog>
  );
}
