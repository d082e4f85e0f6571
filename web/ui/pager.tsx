import { Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { formatCount } from "../lib/numbers.ts";
import classes from "./pager.module.css";
import { SkeletonText } from "./skeleton.tsx";
import { When } from "./text.tsx";

/** What a page's address says of its place: the keyset cursor, and the number of the page for the words. */
export interface PagerPlace {
  after?: string | undefined;
  before?: string | undefined;
  page?: number | undefined;
}

interface Props {
  /** Where we are, from the search params. */
  place: PagerPlace;
  /** Rows on this page; undefined while it loads. */
  count: number | undefined;
  pageSize: number;
  /** The exact total: undefined while it is counted; it may come later than the rows. */
  total: number | undefined;
  /** Cursors of the page, as the server gave them. */
  previous: string | null | undefined;
  next: string | null | undefined;
  onGo: (place: PagerPlace) => void;
  /** What is counted: "creators". */
  noun?: string | undefined;
  /** Its name for readers, where the page has another pager. */
  label?: string | undefined;
  /** As of when the page is, where it came from a replica; null: as of now. */
  asOf?: Date | null | undefined;
  /** Right of the buttons, such as a legend. */
  children?: ReactNode;
}

/** The foot of a list: "1–50 of 212 creators", previous and next. */
export function Pager({
  place,
  count,
  pageSize,
  total,
  previous,
  next,
  onGo,
  noun = "",
  label = "Pages",
  asOf = null,
  children,
}: Props) {
  const page = place.page ?? 1;
  const hasPages = (previous ?? null) !== null || (next ?? null) !== null;
  return (
    <nav className={classes.pager} aria-label={label}>
      <span className={classes.words} aria-live="polite">
        {count === undefined ? (
          <SkeletonText width={96} />
        ) : (
          rangeText({ page, count, pageSize, total, noun, isOnly: !hasPages })
        )}
        {count !== undefined && total === undefined && hasPages ? <SkeletonText width={32} /> : null}
      </span>
      {asOf === null ? null : (
        <span>
          as of <When at={asOf} as="seconds" />
        </span>
      )}
      {hasPages ? (
        <span className={classes.buttons}>
          <Button
            size="xs"
            leftSection={<IconChevronLeft size={14} stroke={1.75} aria-hidden />}
            disabled={(previous ?? null) === null}
            onClick={() => onGo(previousPlace(page, previous))}
          >
            Previous
          </Button>
          <Button
            size="xs"
            rightSection={<IconChevronRight size={14} stroke={1.75} aria-hidden />}
            disabled={(next ?? null) === null}
            onClick={() => onGo(nextPlace(page, next))}
          >
            Next
          </Button>
        </span>
      ) : null}
      {children === undefined ? null : <span className={classes.more}>{children}</span>}
    </nav>
  );
}

/** Page 2 goes back to the bare address, which is always the true first page, also when rows came before it meanwhile. */
export function previousPlace(page: number, previous: string | null | undefined): PagerPlace {
  return page <= 2
    ? { after: undefined, before: undefined, page: undefined }
    : { after: undefined, before: previous ?? undefined, page: page - 1 };
}

/** The page after this one. */
export function nextPlace(page: number, next: string | null | undefined): PagerPlace {
  return { after: next ?? undefined, before: undefined, page: page + 1 };
}

interface Range {
  page: number;
  count: number;
  pageSize: number;
  total: number | undefined;
  noun: string;
  isOnly: boolean;
}

/** "1–50 of 212 creators"; "12 creators" where one page holds all. */
export function rangeText({ page, count, pageSize, total, noun, isOnly }: Range): string {
  const words = noun === "" ? "" : ` ${noun}`;
  if (isOnly) {
    return `${formatCount(total ?? count)}${words}`;
  }
  const first = (page - 1) * pageSize + 1;
  const range = `${formatCount(first)}–${formatCount(first + count - 1)}`;
  return total === undefined ? `${range} of ` : `${range} of ${formatCount(total)}${words}`;
}
