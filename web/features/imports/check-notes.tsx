import type { ImportCheckDto } from "../../../server/imports/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { TextButton } from "../../ui/link.tsx";
import classes from "./imports.module.css";

interface Props {
  newCreators: ImportCheckDto["newCreators"];
  extraColumns: readonly string[];
  onOpen: () => void;
}

/** Who would become a creator, and which columns are ignored. */
export function CheckNotes({ newCreators, extraColumns, onOpen }: Props) {
  const rest = newCreators.count - newCreators.sample.length;
  return (
    <p className={classes.notes}>
      {newCreators.count === 0 ? (
        <span>No new creators.</span>
      ) : (
        <span>
          <TextButton onClick={onOpen}>{countOf(newCreators.count, "new creator")}</TextButton>:{" "}
          {newCreators.sample.map((handle) => `@${handle}`).join(", ")}
          {rest > 0 ? ` and ${formatCount(rest)} more` : ""}
        </span>
      )}
      {extraColumns.length === 0 ? null : <span>Extra columns ignored: {extraColumns.join(", ")}</span>}
    </p>
  );
}
