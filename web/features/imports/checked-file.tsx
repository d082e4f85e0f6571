import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { ImportCheckDto, ImportDto } from "../../../server/imports/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { dayOf } from "../../lib/dates.ts";
import { formatCount } from "../../lib/numbers.ts";
import { useStartRehearsal } from "../../lib/start-rehearsal.ts";
import { useStartSync } from "../../lib/start-sync.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Page } from "../../ui/page.tsx";
import { RehearsalRefusal } from "../../ui/rehearsal-banners.tsx";
import { BusyBanner, RunLink } from "../../ui/run-status.tsx";
import { SumLine } from "../../ui/sum-line.tsx";
import { Dim } from "../../ui/text.tsx";
import { CheckActions } from "./check-actions.tsx";
import { CheckFooter } from "./check-footer.tsx";
import { CheckNotes } from "./check-notes.tsx";
import { CheckProgressPanel } from "./check-progress.tsx";
import { asideWords, firstTab, sumTerms, takenRows, warningsOf } from "./check-words.ts";
import { DiscardDialog } from "./discard-dialog.tsx";
import { ImportStatusChip } from "./import-status.tsx";
import { CheckedRows } from "./checked-rows.tsx";
import classes from "./imports.module.css";
import { NewCreatorsDrawer } from "./new-creators-drawer.tsx";
import { RejectedRows } from "./rejected-rows.tsx";
import { useCheckSearch } from "./use-check.ts";

interface Props {
  file: ImportDto;
  check: ImportCheckDto | undefined;
  error: unknown;
  onRetry: () => void;
}

/** A file that waits: every figure of what importing it would do, and the buttons that do it or give it up. */
export function CheckedFile({ file, check, error, onRetry }: Props) {
  const sync = useStartSync();
  const rehearsal = useStartRehearsal();
  const [isDiscarding, setDiscarding] = useState(false);
  const { search, filter, set } = useCheckSearch();
  const tab = check === undefined ? "rejected" : (search.tab ?? firstTab(check.counts));
  return (
    <Page
      title={`Check of ${file.fileName}`}
      crumb={file.fileName}
      chip={check === undefined ? undefined : <ImportStatusChip status="stored" />}
      sentence={<Sentence check={check} hasFailed={error !== null} />}
      actions={
        <CheckActions
          check={check}
          sync={sync}
          rehearsal={rehearsal}
          file={file}
          allOrNothing={search.all === true}
          onDiscard={() => setDiscarding(true)}
        />
      }
      footer={<CheckFooter file={file} at={check?.checkedAt} />}
    >
      {sync.busy === null ? null : <BusyBanner number={sync.busy} />}
      {sync.error === null ? null : <ErrorBanner error={sync.error} title="No run was started." />}
      <RehearsalRefusal busy={rehearsal.busy} error={rehearsal.error} />
      {error === null || check !== undefined ? null : (
        <ErrorBanner error={error} title="The file could not be checked." onRetry={onRetry} />
      )}
      {check === undefined ? null : <Banners check={check} />}
      {check === undefined && error === null ? <CheckProgressPanel fileName={file.fileName} /> : null}
      {error !== null && check === undefined ? null : (
        <SumLine
          label="Rows of the file by what would become of them"
          terms={sumTerms(check?.counts)}
          total={{
            label: check?.counts.rows === 1 ? "row in the file" : "rows in the file",
            count: check?.counts.rows,
          }}
          totalFirst
          withBar
          value={check === undefined ? undefined : tab}
          onChange={
            check === undefined ? undefined : (next) => filter({ tab: next, code: undefined, column: undefined })
          }
        />
      )}
      {check === undefined ? null : (
        <>
          <WhatIfRejected
            all={search.all === true}
            onChange={(all) => set({ all: all ? true : undefined })}
            rejected={check.counts.rejected}
          />
          {tab === "rejected" ? (
            <RejectedRows importId={file.id} total={check.counts.rejected} byCode={check.byCode} />
          ) : (
            <CheckedRows key={tab} verdict={tab} total={check.counts[tab]} />
          )}
          <CheckNotes
            newCreators={check.newCreators}
            extraColumns={file.extraColumns}
            onOpen={() => set({ creators: true })}
          />
          <NewCreatorsDrawer count={check.newCreators.count} />
        </>
      )}
      {isDiscarding ? <DiscardDialog file={file} onClose={() => setDiscarding(false)} /> : null}
    </Page>
  );
}

const CHOICES = [
  { value: "valid", label: "Import the valid rows" },
  { value: "all", label: "Import nothing" },
];

/** What a rejected row means for the others; asked before the run, and kept by it whatever it finds then. */
function WhatIfRejected({
  all,
  onChange,
  rejected,
}: {
  all: boolean;
  onChange: (all: boolean) => void;
  rejected: number;
}) {
  return (
    <div className={classes.choice}>
      <span id="if-rejected">If a row is rejected</span>
      <SegmentedControl
        aria-labelledby="if-rejected"
        data={CHOICES}
        value={all ? "all" : "valid"}
        onChange={(value) => onChange(value === "all")}
      />
      <Dim>
        {all
          ? rejected > 0
            ? "Download the rejected rows, correct them and upload that file, or correct this one and upload it again."
            : "All rows are valid now. Should one not be when the run comes to it, nothing is imported."
          : rejected > 0
            ? "The rejected rows are set aside; corrected, their download can be uploaded as it is."
            : "All rows are valid now."}
      </Dim>
    </div>
  );
}

function Sentence({ check, hasFailed }: { check: ImportCheckDto | undefined; hasFailed: boolean }) {
  if (check === undefined) {
    return <>{hasFailed ? "Nothing was written." : "Every row is being judged; nothing is written."}</>;
  }
  const { counts } = check;
  if (counts.rows === 0) {
    return (
      <>
        <b>The file has no rows.</b> Importing it changes nothing.
      </>
    );
  }
  return (
    <>
      <b>
        {formatCount(takenRows(counts))} of {formatCount(counts.rows)} rows
      </b>{" "}
      can go in. {asideWords(counts.rejected)}
    </>
  );
}

/** Why it cannot be imported, and what makes one look twice. */
function Banners({ check }: { check: ImportCheckDto }) {
  const client = useClient();
  const warnings = warningsOf(check, dayOf(check.checkedAt, client.timezone));
  return (
    <>
      {check.refusal === null ? null : (
        <Banner tone="failed" title="This file cannot be imported yet.">
          {check.refusal.message}
        </Banner>
      )}
      {warnings.map((warning) => (
        <Banner
          key={warning.key}
          tone="held"
          title={warning.title}
          actions={warning.runNumber === null ? undefined : <RunLink number={warning.runNumber} />}
        >
          {warning.text}
        </Banner>
      ))}
    </>
  );
}
