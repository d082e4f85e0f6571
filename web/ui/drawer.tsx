import { ActionIcon, Drawer as MantineDrawer, Tooltip } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconExternalLink, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { LinkProps } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { useDrawerBack } from "../lib/drawer-back.ts";
import { formatCount } from "../lib/numbers.ts";
import { useRowKeys } from "../lib/shortcuts.ts";
import { useIsPhone } from "./data-table.tsx";
import classes from "./drawer.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  /** Whom or what it shows: "@quietshelf". */
  title: string;
  /** "3 of 995"; left out when the place is not known. */
  position?: { at: number; of: number } | undefined;
  /** Up and down the list (K and J); undefined at its ends. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** The page of what is shown. */
  link?: LinkProps | undefined;
  children: ReactNode;
}

/**
 * The list behind stays usable, so nothing traps the focus; it is brought to the drawer once, when it opens, to be
 * read and tabbed through.
 */
function focusOnce(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true });
}

/** What had the focus when the drawer opened; after it closes the row that it showed last, for J and K have moved on. */
function useFocusBack(onClose: () => void): () => void {
  const [opener] = useState(() => document.activeElement);
  return () => {
    const shown = document.querySelector<HTMLElement>('tr[aria-current="true"] :is(a, button)');
    const back = shown ?? (opener instanceof HTMLElement && opener.isConnected ? opener : null);
    onClose();
    back?.focus({ preventScroll: shown === null });
  };
}

/** J and K move on in the list behind: the row that is shown stays in sight. */
function useRowInSight(title: string): void {
  useEffect(() => {
    if (title !== "") {
      document.querySelector('tr[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    }
  }, [title]);
}

/** Details from the right. J and K change what it shows, not the drawer; the list behind stays in sight and in use. */
export function Drawer({ opened, onClose: close, title, position, onPrevious, onNext, link, children }: Props) {
  const isPhone = useIsPhone();
  // a drawer that shows a list has no row before or after it
  const isWalk = position !== undefined || onPrevious !== undefined || onNext !== undefined;
  const onClose = useFocusBack(useDrawerBack(close));
  useRowInSight(title);
  const keys = opened ? { onPrevious, onNext } : {};
  useRowKeys(keys);
  return (
    <MantineDrawer.Root
      opened={opened}
      onClose={onClose}
      size={isPhone ? "100%" : 480}
      position="right"
      lockScroll={isPhone}
      trapFocus={isPhone}
      classNames={{ content: classes.content ?? "" }}
    >
      <MantineDrawer.Content aria-label={title} aria-modal={isPhone}>
        <div className={classes.head}>
          <h2 ref={focusOnce} tabIndex={-1} data-autofocus className={classes.title}>
            {title}
          </h2>
          {position === undefined ? null : (
            <span className={classes.position}>
              {formatCount(position.at)} of {formatCount(position.of)}
            </span>
          )}
          <span className={classes.tools}>
            {isWalk ? (
              <>
                <Step label="Row before (K)" onClick={onPrevious} icon={<IconChevronUp size={16} stroke={1.75} />} />
                <Step label="Next row (J)" onClick={onNext} icon={<IconChevronDown size={16} stroke={1.75} />} />
              </>
            ) : null}
            {link === undefined ? null : (
              <Link {...link} className={classes.open} aria-label={`Open ${title}`} title="Open the page">
                <IconExternalLink size={16} stroke={1.75} aria-hidden />
              </Link>
            )}
            <Tooltip label="Close (Esc)">
              <ActionIcon aria-label="Close" onClick={onClose}>
                <IconX size={16} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
          </span>
        </div>
        <div className={classes.body}>{children}</div>
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  );
}

function Step({ label, onClick, icon }: { label: string; onClick: (() => void) | undefined; icon: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-disabled={onClick === undefined} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** A part of a drawer: a small heading and what belongs to it. */
export function DrawerSection({ title, children }: { title?: string | undefined; children: ReactNode }) {
  return (
    <section className={classes.section}>
      {title === undefined ? null : <h3 className={classes.sectionTitle}>{title}</h3>}
      {children}
    </section>
  );
}
