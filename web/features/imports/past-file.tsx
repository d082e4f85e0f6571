import { IconFileImport } from "@tabler/icons-react";
import type { ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { RunLink } from "../../ui/run-status.tsx";
import { SumLine } from "../../ui/sum-line.tsx";
import { DayText, When } from "../../ui/text.tsx";
import { FileFacts } from "./check-footer.tsx";
import { sumTerms, takenRows } from "./check-words.ts";
import { ImportStatusChip } from "./import-status.tsx";
import classes from "./imports.module.css";
import { RejectedRows } from "./rejected-rows.tsx";

/** A file that was dealt with: what came of it, and the run that took it. */
export function PastFile({ file }: { file: ImportDto }) {
  const client = useClient();
  return (
    <Page
      title={file.fileName}
      chip={<ImportStatusChip status={file.status} />}
      sentence={<Sentence file={file} />}
      actions={
        <ButtonLink
          to="/c/$client/import"
          params={{ client: client.subdomain }}
          leftSection={<IconFileImport size={16} stroke={1.75} aria-hidden />}
        >
          Other file
        </ButtonLink>
      }
      footer={<FileFacts file={file} />}
    >
      {file.status === "refused" ? (
        <Banner tone="failed" title="This file was refused.">
          {file.refusal?.message ?? ""} Nothing was read from it.
        </Banner>
      ) : null}
      {file.status === "discarded" ? (
        <EmptyState title="This file was discarded">
          Nothing of it was written. To import it after all, upload it again.
        </EmptyState>
      ) : null}
      {file.counts === null ? null : <Outcome file={file} counts={file.counts} />}
    </Page>
  );
}

const CAME = {
  upload: "Uploaded by",
  inbox: "Taken from the inbox by",
  https: "Fetched from its address by",
  cli: "Given on the command line by",
  demo: "Made by",
} as const satisfies Record<ImportDto["source"], string>;

function Sentence({ file }: { file: ImportDto }) {
  const came = (
    <>
      {CAME[file.source]} {file.byName}, <When at={file.createdAt} />.
    </>
  );
  if (file.counts === null) {
    return came;
  }
  return (
    <>
      <b>
        {formatCount(takenRows(file.counts))} of {formatCount(file.counts.rows)} rows
      </b>{" "}
      were imported{" "}
      {file.runNumber === null ? null : (
        <>
          by <RunLink number={file.runNumber} />
        </>
      )}
      , <When at={file.importedAt} />. {came}
    </>
  );
}

function Outcome({ file, counts }: { file: ImportDto; counts: NonNullable<ImportDto["counts"]> }) {
  return (
    <>
      <SumLine
        label="Rows of the file by what became of them"
        terms={sumTerms(counts)}
        total={{ label: counts.rows === 1 ? "row in the file" : "rows in the file", count: counts.rows }}
        totalFirst
        withBar
      />
      <RejectedRows importId={file.id} total={counts.rejected} />
      <p className={classes.notes}>
        <span>{countOf(file.creatorsCreated, "creator")} created</span>
        {file.newestPost === null ? null : (
          <span>
            Newest post <DayText day={file.newestPost} />
          </span>
        )}
        {file.extraColumns.length === 0 ? null : <span>Extra columns ignored: {file.extraColumns.join(", ")}</span>}
      </p>
    </>
  );
}
