import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { useTellPageName } from "../lib/page-name.ts";
import { cx } from "./cx.ts";
import { ActionSlot } from "./page-slot.ts";
import classes from "./page.module.css";

interface Props {
  /** The one heading of the page. */
  title: ReactNode;
  /** What the browser tab says; needed when `title` is not plain text. */
  documentTitle?: string | undefined;
  /** What the breadcrumb says, where that is shorter than the title: "Run 418". */
  crumb?: string | undefined;
  /** The one sentence that matters, below the title; its numbers in <b>. */
  sentence?: ReactNode;
  /** A StatusChip beside the title. */
  chip?: ReactNode;
  /** Buttons, top right; one of them at most is filled. On the phone they share a row under the sentence. */
  actions?: ReactNode;
  /** A <PageTabs> row, full width. */
  tabs?: ReactNode;
  /** The line of 40 px at the bottom of a page that shows a computed answer. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** The anatomy of every page: title with its sentence, actions, tabs, content, footer. The shell gives the one `main`. */
export function Page({ title, documentTitle, crumb, sentence, chip, actions, tabs, footer, children }: Props) {
  const name = documentTitle ?? (typeof title === "string" ? title : undefined);
  useEffect(() => {
    document.title = name === undefined ? "Muster" : `${name} · Muster`;
  }, [name]);
  useTellPageName(crumb ?? name);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div className={classes.words}>
          <div className={classes.titleRow}>
            <h1 className={classes.title}>{title}</h1>
            {chip}
          </div>
          {sentence === undefined || sentence === null ? null : <p className={classes.sentence}>{sentence}</p>}
        </div>
        <div className={classes.actions}>
          <span ref={setSlot} className={classes.slot} />
          {actions}
        </div>
      </header>
      {tabs}
      <div className={classes.content}>
        <ActionSlot value={slot}>{children}</ActionSlot>
      </div>
      {footer === undefined ? null : <footer className={classes.footer}>{footer}</footer>}
    </div>
  );
}

/** A line across the whole width of the page, for tabs and sums that rule off what is above them. */
export function FullWidth({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return <div className={cx(classes.fullWidth, className)}>{children}</div>;
}

/** Two columns: the list, and what explains it (`side`, in px). Under 1000 px they stand below each other. */
export function Columns({ children, side = 320 }: { children: ReactNode; side?: number | undefined }) {
  return (
    <div className={classes.columns} style={{ "--side": `${side}px` }}>
      {children}
    </div>
  );
}

/** Panels side by side, as many as fit with `min` px each. */
export function Tiles({ children, min = 260 }: { children: ReactNode; min?: number | undefined }) {
  return (
    <div className={classes.tiles} style={{ "--min": `${min}px` }}>
      {children}
    </div>
  );
}

/** Blocks below each other with the page's gap (16), or the gap inside a block (12). */
export function Stack({ children, gap = 16 }: { children: ReactNode; gap?: 4 | 8 | 12 | 16 | 24 | undefined }) {
  return (
    <div className={classes.stack} style={{ gap }}>
      {children}
    </div>
  );
}

/** Things in one line that wraps. */
export function Row({
  children,
  gap = 8,
  apart = false,
}: {
  children: ReactNode;
  gap?: 4 | 6 | 8 | 12 | 16 | 24 | undefined;
  apart?: boolean | undefined;
}) {
  return (
    <div className={cx(classes.row, apart && classes.apart)} style={{ gap }}>
      {children}
    </div>
  );
}
