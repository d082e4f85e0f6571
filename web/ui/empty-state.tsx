import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

interface Props {
  /** Why it is empty: "No mission fits these filters". */
  title: ReactNode;
  /** One sentence that says what would change that. */
  children?: ReactNode;
  /** One button: the next step. */
  action?: ReactNode;
}

/** What stands in a list's place while there is nothing to list: why, one sentence, one button. No picture. */
export function EmptyState({ title, children, action }: Props) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {children === undefined ? null : <p className={classes.sentence}>{children}</p>}
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
