import { ActionIcon, Button, Tooltip } from "@mantine/core";
import type { ActionIconProps, ButtonProps } from "@mantine/core";
import type { ComponentPropsWithRef, MouseEvent, ReactNode } from "react";

type NativeButton = Omit<
  ComponentPropsWithRef<"button">,
  keyof ButtonProps | "disabled" | "children" | "color" | "style"
>;

interface ReasonProps {
  /** Why it cannot be used now. Undefined: it can. It stays in the tab order, so that the reason can be found by keyboard. */
  reason?: string | undefined;
}

/** A tooltip with a reason around any one control; without a reason it is the control alone. */
export function ReasonTooltip({ reason, children }: { reason: string | undefined; children: ReactNode }) {
  return (
    <Tooltip label={reason ?? ""} disabled={reason === undefined} multiline>
      {children}
    </Tooltip>
  );
}

function refuse(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}

type ActionButtonProps = Omit<ButtonProps, "disabled"> &
  NativeButton &
  ReasonProps & {
    /** Destructive: outlined with red text; `variant="filled"` only inside the dialog that confirms it. */
    destructive?: boolean | undefined;
    children: ReactNode;
  };

/** A button that, when it cannot be used, says why. Use it wherever a button can be disabled. */
export function ActionButton({ reason, destructive = false, onClick, children, ...rest }: ActionButtonProps) {
  const isOff = reason !== undefined;
  return (
    <ReasonTooltip reason={reason}>
      <Button
        {...rest}
        {...(destructive ? { color: "red.7", "data-destructive": true } : {})}
        aria-disabled={isOff ? true : undefined}
        onClick={isOff ? refuse : onClick}
      >
        {children}
      </Button>
    </ReasonTooltip>
  );
}

type NativeIcon = Omit<
  ComponentPropsWithRef<"button">,
  keyof ActionIconProps | "disabled" | "children" | "color" | "style" | "aria-label"
>;

type IconActionProps = Omit<ActionIconProps, "disabled"> &
  NativeIcon &
  ReasonProps & {
    /** What it does: its name for readers and its tooltip. */
    label: string;
    children: ReactNode;
  };

/** A bare icon of 28 px with a tooltip, for row actions. With a reason, the tooltip says "Seed: you are a viewer…". */
export function IconAction({ reason, label, onClick, children, ...rest }: IconActionProps) {
  const isOff = reason !== undefined;
  return (
    <Tooltip label={isOff ? `${label}: ${reason}` : label} multiline>
      <ActionIcon
        {...rest}
        aria-label={label}
        aria-description={reason}
        aria-disabled={isOff ? true : undefined}
        onClick={isOff ? refuse : onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
