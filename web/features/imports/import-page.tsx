import { IconPlugConnected } from "@tabler/icons-react";
import { useClient } from "../../lib/client.tsx";
import { csvColumns } from "../../../server/imports/schema.ts";
import { errorText } from "../../lib/errors.ts";
import { formatCount } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Page, Row } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Panel } from "../../ui/panel.tsx";
import { AliasSuggestions } from "./aliases.tsx";
import { importStatuses } from "./import-status.tsx";
import { ImportsTable } from "./imports-table.tsx";
import classes from "./imports.module.css";
import { SampleFile, UploadZone } from "./upload-zone.tsx";
import { UploadRefused } from "./upload.ts";
import { IMPORTS_PAGE, useImports } from "./use-imports.ts";
import { useUpload } from "./use-upload.ts";

/** Where a daily file comes in: it is checked first, nothing is written. */
export function ImportPage() {
  const client = useClient();
  const upload = useUpload();
  return (
    <Page
      title="Import"
      sentence={
        <>
          A file is <b>checked first, nothing is written</b>. You see every figure before {client.name} does.
        </>
      }
      actions={
        <ButtonLink
          to="/c/$client/import/source"
          params={{ client: client.subdomain }}
          leftSection={<IconPlugConnected size={16} stroke={1.75} aria-hidden />}
        >
          Source and columns
        </ButtonLink>
      }
    >
      {upload.state.kind === "failed" ? <Refusal fileName={upload.state.fileName} error={upload.state.error} /> : null}
      <UploadZone upload={upload} />
      <p className={classes.columns}>
        Ten columns, in any order, named exactly: {csvColumns.join(", ")}. Begin with a <SampleFile />.
      </p>
      <AliasSuggestions />
      <LastFiles />
    </Page>
  );
}

/** What stays on the page of a file that was not taken: the server's sentence, and the columns at fault. */
function Refusal({ fileName, error }: { fileName: string; error: unknown }) {
  const refused = error instanceof UploadRefused ? error : null;
  const isRefusal = refused?.isRefusal === true;
  return (
    <Banner tone="failed" title={isRefusal ? `${fileName} was refused.` : `${fileName} was not taken.`}>
      {refused?.message ?? errorText(error)} {isRefusal ? "Nothing was read from it." : ""}
      {refused === null || refused.missing.length + refused.extra.length === 0 ? null : (
        <dl className={classes.faults}>
          <Columns term="Missing" names={refused.missing} />
          <Columns term="Not expected" names={refused.extra} />
        </dl>
      )}
      {refused === null || refused.missing.length === 0 ? null : <MatchLink />}
    </Banner>
  );
}

/** An export that calls its columns otherwise can be read all the same. */
function MatchLink() {
  const client = useClient();
  return (
    <p className={classes.match}>
      Does the export call them otherwise?{" "}
      <TextLink to="/c/$client/import/source" params={{ client: client.subdomain }}>
        Match its columns
      </TextLink>{" "}
      once, and its files are read by those names.
    </p>
  );
}

function Columns({ term, names }: { term: string; names: readonly string[] }) {
  return names.length === 0 ? null : (
    <div>
      <dt>{term}</dt>
      <dd>{names.join(", ")}</dd>
    </div>
  );
}

function LastFiles() {
  const files = useImports();
  const rows = files.list.data?.rows;
  return (
    <>
      <Panel
        flush
        title="Last files"
        note={files.total === undefined ? undefined : formatCount(files.total)}
        aside={
          <Row>
            <FilterSelect label="Status" value={files.status} options={importStatuses} onChange={files.filter} />
            <ExportButton list="imports" filters={{ status: files.status }} count={files.total} noun="file" />
          </Row>
        }
      >
        <ImportsTable
          rows={rows}
          stale={files.list.isPlaceholderData}
          error={files.list.error}
          onRetry={() => void files.list.refetch()}
          empty={
            <EmptyState title={files.status === undefined ? "No file has come yet" : "No file has this status"}>
              {files.status === undefined
                ? "Drop one above, or lay it into the inbox, where the nightly sync finds it."
                : "Choose another status to see more."}
            </EmptyState>
          }
        />
      </Panel>
      {rows === undefined || rows.length === 0 ? null : (
        <Pager
          place={files.place}
          count={rows.length}
          pageSize={IMPORTS_PAGE}
          total={files.total}
          previous={files.list.data?.previous}
          next={files.list.data?.next}
          noun={files.total === 1 ? "file" : "files"}
          onGo={files.go}
        />
      )}
    </>
  );
}
