import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import classes from "./panel.module.css";

interface Props {
  title?: ReactNode;
  /** An icon before the title, 16 px. */
  icon?: ReactNode;
  /** The dim number or words after the title. */
  note?: ReactNode;
  /** Right in the head: a chip, a link, a select. */
  aside?: ReactNode;
  /** Without padding, for tables and step lists that fill the panel. */
  flush?: boolean | undefined;
  /** Without the line under the head, for tiles with one figure. */
  plain?: boolean | undefined;
  children?: ReactNode;
}

/** A block with one line around it, radius 8, head of 40. */
export function Panel({ title, icon, note, aside, flush = false, plain = false, children }: Props) {
  return (
    <section className={cx(classes.panel, plain && classes.plain)}>
      {title === undefined ? null : (
        <header className={classes.head}>
          {icon === undefined ? null : <span className={classes.icon}>{icon}</span>}
          <h2 className={classes.title}>{title}</h2>
          {note === undefined ? null : <span className={classes.note}>{note}</span>}
          {aside === undefined ? null : <span className={classes.aside}>{aside}</span>}
        </header>
      )}
      {children === undefined ? null : <div className={cx(!flush && classes.body)}>{children}</div>}
    </section>
  );
}

/** A plain row of 36 px inside a flush panel: something on the left, something on the right. */
export function PanelRow({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={classes.row}>
      <span className={classes.rowStart}>{children}</span>
      {end === undefined ? null : <span className={classes.rowEnd}>{end}</span>}
    </div>
  );
}
