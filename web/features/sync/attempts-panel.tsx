import type { AttemptDto, RunDto } from "../../../server/sync/schema.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { When } from "../../ui/text.tsx";
import { attemptSpan, attemptStatus } from "./attempt-words.ts";

/** The processes that worked on the run, one after the other; a run with one attempt shows it in its log alone. */
export function AttemptsPanel({ run }: { run: RunDto }) {
  if (run.attempts.length === 0) {
    return null;
  }
  return (
    <Panel flush title="Attempts" note={run.attempts.length}>
      <DataTable
        bare
        label="Attempts of the run"
        columns={columns}
        rows={run.attempts}
        rowKey={(attempt) => String(attempt.number)}
        empty={<EmptyState title="No process has taken the run yet" />}
      />
    </Panel>
  );
}

const columns: Column<AttemptDto>[] = [
  { id: "number", header: "No.", align: "right", width: 56, cell: (attempt) => attempt.number },
  { id: "started", header: "Started", width: 120, cell: (attempt) => <When at={attempt.startedAt} /> },
  {
    id: "outcome",
    header: "How it ended",
    width: 200,
    cell: (attempt) => {
      const { status, text } = attemptStatus(attempt);
      return <StatusText status={status}>{text}</StatusText>;
    },
  },
  { id: "steps", header: "Steps", width: 240, wrap: true, cell: attemptSpan },
  { id: "holder", header: "Process", width: 220, quiet: true, wrap: true, cell: (attempt) => attempt.holder },
  { id: "message", header: "Message", quiet: true, wrap: true, cell: (attempt) => attempt.message },
];
