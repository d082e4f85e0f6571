import type { ReactNode } from "react";
import type { ImportCounts, ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatBytes } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { RowLink } from "../../ui/link.tsx";
import { RunLink } from "../../ui/run-status.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Dim, When } from "../../ui/text.tsx";
import { IMPORT_SOURCES } from "./check-words.ts";
import { ImportStatusText } from "./import-status.tsx";
import classes from "./imports.module.css";

interface Props {
  rows: readonly ImportDto[] | undefined;
  stale: boolean;
  error: unknown;
  onRetry: () => void;
  empty: ReactNode;
}

/** The files that came, newest first: what was in them and which run took them. */
export function ImportsTable(props: Props) {
  const client = useClient();
  const card = (file: ImportDto) => <FileCard file={file} subdomain={client.subdomain} />;
  return (
    <DataTable
      bare
      label="Files"
      columns={columnsFor(client.subdomain)}
      rowKey={(file) => file.id}
      rowHeight={40}
      card={card}
      {...props}
    />
  );
}

function FileLink({ file, subdomain }: { file: ImportDto; subdomain: string }) {
  return (
    <RowLink
      to="/c/$client/import/$importId"
      params={{ client: subdomain, importId: file.id }}
      className={classes.fileName}
    >
      {file.fileName}
    </RowLink>
  );
}

function columnsFor(subdomain: string): Column<ImportDto>[] {
  return [
    {
      id: "file",
      header: "File",
      skeleton: 140,
      cell: (file) => (
        <TwoLines second={`${formatBytes(file.sizeBytes)}, ${IMPORT_SOURCES[file.source]}`}>
          <FileLink file={file} subdomain={subdomain} />
        </TwoLines>
      ),
    },
    { id: "status", header: "Status", cell: (file) => <ImportStatusText status={file.status} /> },
    { id: "at", header: "Came", cell: (file) => <When at={file.createdAt} /> },
    { id: "by", header: "By", cell: (file) => file.byName },
    figure("rows", "Rows", (counts) => counts.rows),
    figure("new", "New", (counts) => counts.created),
    figure("changed", "Changed", (counts) => counts.updated),
    figure("rejected", "Rejected", (counts) => counts.rejected),
    { id: "run", header: "Run", cell: (file) => <Run file={file} /> },
  ];
}

const figure = (id: string, header: string, of: (counts: ImportCounts) => number): Column<ImportDto> => ({
  id,
  header,
  align: "right",
  cell: (file) => <Count value={file.counts === null ? null : of(file.counts)} />,
});

function Run({ file }: { file: ImportDto }) {
  return file.runNumber === null ? <Dim>none</Dim> : <RunLink number={file.runNumber} />;
}

function FileCard({ file, subdomain }: { file: ImportDto; subdomain: string }) {
  return (
    <>
      <div className={classes.cardHead}>
        <FileLink file={file} subdomain={subdomain} />
        <ImportStatusText status={file.status} />
      </div>
      <div className={classes.cardFacts}>
        <When at={file.createdAt} />
        <span>{file.byName}</span>
        {file.counts === null ? null : (
          <span>
            {countOf(file.counts.rows, "row")}, {countOf(file.counts.rejected, "rejected", "rejected")}
          </span>
        )}
        {file.runNumber === null ? null : <RunLink number={file.runNumber} />}
      </div>
    </>
  );
}
