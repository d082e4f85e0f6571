import { Popover, UnstyledButton } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { FocusEvent } from "react";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useShortcut } from "../../lib/shortcuts.ts";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { LintFindings } from "./lint-findings.tsx";
import { LIGHT_STATUS, lightWord, lintTitle } from "./lint-words.ts";
import classes from "./lint.module.css";
import { useLint } from "./use-lint.ts";

/** The light beside Activate: icon and word; pointing at it or pressing it lists what it found. */
export function LintLight({ mission }: { mission: MissionDto }) {
  const lint = useLint(mission);
  const { isOpen, isPinned, hover, press, leave, close } = useHoverOrPress();
  // Pointed at, it has no focus that a key could reach it by.
  useShortcut("Escape", close, { enabled: isOpen, whileTyping: true });
  if (lint.data === undefined) {
    return lint.isError ? <StatusText status="note">Not judged</StatusText> : <SkeletonText width={64} />;
  }
  return (
    <span className={classes.light} {...hover} onBlur={leave}>
      <Popover
        opened={isOpen}
        onChange={(opened) => (opened ? undefined : close())}
        onDismiss={close}
        position="bottom-end"
        offset={4}
        width={380}
        withinPortal={false}
        returnFocus={isPinned}
      >
        <Popover.Target>
          <UnstyledButton className={classes.button} onClick={press}>
            <StatusText status={LIGHT_STATUS[lint.data.light]}>{lightWord(lint.data)}</StatusText>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown className={classes.dropdown}>
          <p className={classes.title}>{lintTitle(lint.data)}</p>
          {lint.data.findings.length === 0 ? (
            <p className={classes.calm}>Reward, tiers, windows, target and the other missions were looked at.</p>
          ) : (
            <LintFindings missionId={mission.id} findings={lint.data.findings} onLeave={close} />
          )}
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}

const LEAVE_MS = 150;

/** Open while pointed at, and until it is closed once it was pressed; a short delay lets the pointer cross the gap. */
function useHoverOrPress() {
  const [state, setState] = useState<"closed" | "hovered" | "pinned">("closed");
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);
  return {
    isOpen: state !== "closed",
    isPinned: state === "pinned",
    close: () => setState("closed"),
    // Whatever takes the focus next, a dialog above all, must not have the list over it.
    leave: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) {
        setState("closed");
      }
    },
    press: () => setState(state === "pinned" ? "closed" : "pinned"),
    hover: {
      onMouseEnter: () => {
        clearTimeout(leaving.current);
        setState((old) => (old === "closed" ? "hovered" : old));
      },
      onMouseLeave: () => {
        leaving.current = setTimeout(() => setState((old) => (old === "hovered" ? "closed" : old)), LEAVE_MS);
      },
    },
  };
}
