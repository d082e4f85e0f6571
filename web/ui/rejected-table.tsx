import { IconDownload } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import type { RejectedRow } from "../../server/imports/schema.ts";
import { useClient } from "../lib/client.tsx";
import { countOf, formatCount } from "../lib/numbers.ts";
import { DataTable } from "./data-table.tsx";
import { Row, Stack } from "./page.tsx";
import type { Column, TableProps } from "./table-types.ts";
import { CodeText, Unknown } from "./text.tsx";

const SHOWN = 48;

/** The refused value of a row, cut where it is long; its whole text is in the title. */
function Value({ text }: { text: string }) {
  if (text === "") {
    return <CodeText rejected>empty</CodeText>;
  }
  const characters = Array.from(text);
  const isLong = characters.length > SHOWN;
  return (
    <span title={isLong ? text : undefined}>
      <CodeText rejected>{isLong ? `${characters.slice(0, SHOWN).join("")}…` : text}</CodeText>
    </span>
  );
}

const columns: Column<RejectedRow>[] = [
  { id: "line", header: "Line", align: "right", width: 72, cell: (row) => formatCount(row.line) },
  { id: "handle", header: "Handle", cell: (row) => <Handle text={row.handle} /> },
  { id: "column", header: "Column", cell: (row) => row.column },
  { id: "value", header: "Value", cell: (row) => <Value text={row.value} /> },
  { id: "reason", header: "Reason", skeleton: 240, wrap: true, cell: (row) => row.reason },
  { id: "code", header: "Code", quiet: true, cell: (row) => <CodeText>{row.code}</CodeText> },
];

function Handle({ text }: { text: string }) {
  const handle = text.trim().replace(/^@/, "");
  return handle === "" ? <Unknown /> : <>@{Array.from(handle).slice(0, SHOWN).join("")}</>;
}

/** On the phone: where it stands and whose it is, the value, the reason in full. */
const card = (row: RejectedRow) => (
  <Stack gap={4}>
    <Row apart>
      <span>
        <b>Line {formatCount(row.line)}</b> · <Handle text={row.handle} />
      </span>
      <CodeText>{row.code}</CodeText>
    </Row>
    <Row>
      <span>{row.column}</span>
      <Value text={row.value} />
    </Row>
    <span>{row.reason}</span>
  </Stack>
);

type Props = Pick<TableProps<RejectedRow>, "rows" | "error" | "onRetry" | "stale" | "empty">;

/** The rows of a file that were set aside, each with its reason. */
export function RejectedTable(props: Props) {
  return (
    <DataTable label="Rejected rows" columns={columns} rowKey={(row) => String(row.line)} card={card} {...props} />
  );
}

/** All rejected rows of a file as a download, where and why in the first four columns. */
export function RejectedDownload({ importId, count }: { importId: string; count: number }) {
  const client = useClient();
  return (
    <Button
      component="a"
      href={`/api/clients/${client.id}/imports/${importId}/rejected.csv`}
      download
      leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
    >
      {countOf(count, "row")}, reasons first
    </Button>
  );
}
