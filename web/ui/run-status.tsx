import type { ReactNode } from "react";
import type { RunStatus } from "../../server/sync/schema.ts";
import { useClient } from "../lib/client.tsx";
import { Banner } from "./banner.tsx";
import { TextLink } from "./link.tsx";
import { StatusChip, StatusText } from "./status.tsx";
import type { StatusName } from "./status.tsx";

const STATUS: Record<RunStatus, StatusName> = {
  queued: "queued",
  running: "running",
  held: "held",
  succeeded: "done",
  succeeded_with_warnings: "warnings",
  failed: "failed",
  cancelled: "cancelled",
  discarded: "discarded",
};

/** The status that stands for a run's in the console: its icon and its word. */
export function statusOfRun(status: RunStatus): StatusName {
  return STATUS[status];
}

/** How a run stands, in a table. */
export function RunStatusText({ status }: { status: RunStatus }) {
  return <StatusText status={STATUS[status]} />;
}

/** How a run stands, beside a title. */
export function RunStatusChip({ status }: { status: RunStatus }) {
  return <StatusChip status={STATUS[status]} />;
}

/** A run by its number, as a link inside text. */
export function RunLink({ number, children }: { number: number; children?: ReactNode }) {
  const client = useClient();
  return (
    <TextLink to="/c/$client/sync/$number" params={{ client: client.subdomain, number: String(number) }}>
      {children ?? `run ${number}`}
    </TextLink>
  );
}

/** Said when a start found another run under way: nothing was started, and where that one is. */
export function BusyBanner({ number }: { number: number }) {
  return (
    <Banner
      tone="running"
      title="Nothing was started."
      actions={<RunLink number={number}>Follow run {number}</RunLink>}
    >
      Run {number} is under way or held, and one runs at a time.
    </Banner>
  );
}
