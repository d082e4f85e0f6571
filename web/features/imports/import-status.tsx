import type { ImportDto } from "../../../server/imports/schema.ts";
import { StatusChip, StatusText } from "../../ui/status.tsx";
import type { StatusName } from "../../ui/status.tsx";

const STATUS: Record<ImportDto["status"], { status: StatusName; word: string }> = {
  stored: { status: "waiting", word: "Not imported" },
  imported: { status: "done", word: "Imported" },
  refused: { status: "failed", word: "Refused" },
  discarded: { status: "cancelled", word: "Discarded" },
};

/** The states of a file, for a filter. */
export const importStatuses = (["stored", "imported", "refused", "discarded"] as const).map((value) => ({
  value,
  label: STATUS[value].word.toLowerCase(),
}));

/** How a file stands, in a table. */
export function ImportStatusText({ status }: { status: ImportDto["status"] }) {
  return <StatusText status={STATUS[status].status}>{STATUS[status].word}</StatusText>;
}

/** How a file stands, beside the title. One that waits was checked only. */
export function ImportStatusChip({ status }: { status: ImportDto["status"] }) {
  if (status === "stored") {
    return <StatusChip status="ready">Checked, nothing written</StatusChip>;
  }
  return <StatusChip status={STATUS[status].status}>{STATUS[status].word}</StatusChip>;
}
