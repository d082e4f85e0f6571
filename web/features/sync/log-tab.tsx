import type { RunEvent } from "../../../server/sync/schema.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { When } from "../../ui/text.tsx";
import { eventWords } from "./event-words.ts";

interface Props {
  events: readonly RunEvent[];
  isLive: boolean;
  /** The stream of events broke off. */
  hasFailed: boolean;
}

/** Everything the run told of itself, in order, as it was stored. */
export function LogTab({ events, isLive, hasFailed }: Props) {
  const isOver = events.some((event) => event.type === "run_ended");
  const isLoading = events.length === 0 && !hasFailed;
  return (
    <DataTable
      label="Log of the run"
      columns={columns}
      rows={isLoading && !isOver ? undefined : events}
      rowKey={(event) => String(event.number)}
      empty={
        <EmptyState title="The log could not be read">
          {isLive ? "The run goes on without it." : "Open this tab again to ask once more."}
        </EmptyState>
      }
    />
  );
}

const columns: Column<RunEvent>[] = [
  { id: "number", header: "No.", align: "right", width: 56, cell: (event) => event.number },
  { id: "at", header: "At", width: 96, cell: (event) => <When at={event.at} as="seconds" /> },
  { id: "what", header: "Event", width: 280, skeleton: 180, cell: (event) => <Event event={event} /> },
  {
    id: "message",
    header: "Message",
    skeleton: 260,
    wrap: true,
    quiet: true,
    cell: (event) => eventWords(event).message,
  },
];

function Event({ event }: { event: RunEvent }) {
  const words = eventWords(event);
  return <StatusText status={words.status}>{words.text}</StatusText>;
}
