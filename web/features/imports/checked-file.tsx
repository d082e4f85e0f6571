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
import { CheckActions } from "./check-actions.tsx";
import { CheckFooter } from "./check-footer.tsx";
import { CheckProgressPanel } from "./check-progress.tsx";
import { asideWords, duplicateWords, firstTab, sumTerms, takenRows, warningsOf } from "./check-words.ts";
import { CheckedLists } from "./checked-lists.tsx";
import { DiscardDialog } from "./discard-dialog.tsx";
import { ImportStatusChip } from "./import-status.tsx";
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
  const { search, filter } = useCheckSearch();
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
      {check === undefined ? null : <CheckedLists file={file} check={check} tab={tab} />}
      {isDiscarding ? <DiscardDialog file={file} onClose={() => setDiscarding(false)} /> : null}
    </Page>
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
      can go in. {duplicateWords(counts)}
      {asideWords(counts.rejected)}
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
