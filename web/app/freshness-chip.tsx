import { Tooltip } from "@mantine/core";
import { IconClock, IconClockExclamation, IconClockX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useClient } from "../lib/client.tsx";
import { formatUtc } from "../lib/dates.ts";
import { useNow } from "../lib/use-now.ts";
import { cx } from "../ui/cx.ts";
import { SkeletonText } from "../ui/skeleton.tsx";
import classes from "./freshness-chip.module.css";
import { freshnessOf } from "./freshness.ts";
import { useFreshness } from "./use-status.ts";

const ICON = { fresh: IconClock, stale: IconClockExclamation, missed: IconClockX } as const;

/** "Data as of 04:04 (6 h) · next sync 04:00 New York"; leads to the run that is on or failed, else to the runs. */
export function FreshnessChip() {
  const { subdomain, timezone } = useClient();
  const { data, isError } = useFreshness();
  const now = useNow(30_000);
  if (data === undefined) {
    return (
      <span className={classes.chip}>{isError ? "Age of the data is not known" : <SkeletonText width={220} />}</span>
    );
  }
  const freshness = freshnessOf(data, timezone, now);
  const ChipIcon = ICON[freshness.tone];
  const content = (
    <>
      <ChipIcon size={14} stroke={1.75} aria-hidden className={classes.icon} />
      <span className={classes.long}>{freshness.text}</span>
      <span className={classes.short}>{freshness.short}</span>
    </>
  );
  const className = cx(classes.chip, classes[freshness.tone]);
  const title =
    data.lastSuccessAt === null
      ? "No run has succeeded yet"
      : `Last successful run ended ${formatUtc(data.lastSuccessAt)}`;
  return (
    <Tooltip label={title}>
      {freshness.runNumber === null ? (
        <Link to="/c/$client/sync" params={{ client: subdomain }} className={className}>
          {content}
        </Link>
      ) : (
        <Link
          to="/c/$client/sync/$number"
          params={{ client: subdomain, number: String(freshness.runNumber) }}
          className={className}
        >
          {content}
        </Link>
      )}
    </Tooltip>
  );
}
