import type { ReactNode } from "react";
import classes from "./list-card.module.css";

interface Props {
  /** The RowLink, or the name. */
  title: ReactNode;
  /** Right of the name: its state. */
  end?: ReactNode;
  /** Small facts below, one after the other. */
  facts?: readonly ReactNode[] | undefined;
  /** What needs the whole width. */
  children?: ReactNode;
  /** Small buttons at the end. */
  actions?: ReactNode;
}

/** One thing of a list on the phone: name and state, facts, what belongs to it. */
export function ListCard({ title, end, facts = [], children, actions }: Props) {
  return (
    <>
      <div className={classes.head}>
        <span className={classes.title}>{title}</span>
        {end === undefined ? null : <span className={classes.end}>{end}</span>}
      </div>
      {facts.length === 0 ? null : (
        <div className={classes.facts}>
          {facts.map((fact, index) => (
            // The facts of a card are a fixed list without keys of their own.
            <span key={index}>{fact}</span>
          ))}
        </div>
      )}
      {children === undefined ? null : <div className={classes.more}>{children}</div>}
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </>
  );
}
