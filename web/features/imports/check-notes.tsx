import type { ImportCheckDto } from "../../../server/imports/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import classes from "./imports.module.css";

interface Props {
  newCreators: ImportCheckDto["newCreators"];
  extraColumns: readonly string[];
}

/** Who would become a creator, and which columns are ignored. */
export function CheckNotes({ newCreators, extraColumns }: Props) {
  const rest = newCreators.count - newCreators.sample.length;
  return (
    <p className={classes.notes}>
      <span>
        {newCreators.count === 0
          ? "No new creators."
          : `${countOf(newCreators.count, "new creator")}: ${newCreators.sample.map((handle) => `@${handle}`).join(", ")}`}
        {rest > 0 ? ` and ${formatCount(rest)} more` : ""}
      </span>
      {extraColumns.length === 0 ? null : <span>Extra columns ignored: {extraColumns.join(", ")}</span>}
    </p>
  );
}
