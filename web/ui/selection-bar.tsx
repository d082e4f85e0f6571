import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { Ticks } from "../lib/use-row-selection.ts";
import { countOf, formatCount } from "../lib/numbers.ts";
import { TextButton } from "./link.tsx";
import classes from "./selection-bar.module.css";

interface Props {
  ticks: Ticks;
  /** The rows of the page shown, by key. */
  page: ReadonlyMap<string, string>;
  /** Everything that the filters let through; undefined while it is counted. */
  total: number | undefined;
  /** What a row is: "creator". */
  noun: string;
  onAll: () => void;
  onClear: () => void;
  /** More about what is ticked, such as what can be done with it. */
  note?: ReactNode;
  /** What can be done with it. */
  children: ReactNode;
}

/** What is ticked, how to tick all that match, and what can be done with it. Stands below the list; without ticks it is not there. */
export function SelectionBar({ ticks, page, total, noun, onAll, onClear, note, children }: Props) {
  if (ticks.rows.size === 0 && !ticks.isAll) {
    return null;
  }
  const hasMore = !ticks.isAll && total !== undefined && total > ticks.rows.size;
  return (
    <div className={classes.bar} role="group" aria-label="Selection">
      <span className={classes.words} role="status">
        <span>
          {selectionText(ticks, page, total, noun)}
          {note}
        </span>
        {hasMore ? <TextButton onClick={onAll}>Select all {formatCount(total)} that match</TextButton> : null}
      </span>
      {children}
      <Button variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

/** "All 50 on this page are selected", "12 creators selected", "All 995 creators that match are selected". */
export function selectionText(
  { rows, isAll }: Ticks,
  page: ReadonlyMap<string, string>,
  total: number | undefined,
  noun: string,
): string {
  if (isAll) {
    return total === undefined
      ? `All ${noun}s that match are selected`
      : `All ${countOf(total, noun)} that match ${total === 1 ? "is" : "are"} selected`;
  }
  const isThePage = rows.size > 1 && rows.size === page.size && [...page.keys()].every((key) => rows.has(key));
  return isThePage ? `All ${formatCount(rows.size)} on this page are selected` : `${countOf(rows.size, noun)} selected`;
}
