import { Select } from "@mantine/core";
import type { FixPreviewDto } from "../../../server/health/fixes/schema.ts";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { FieldPair } from "../../ui/form.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { Dim, When } from "../../ui/text.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { confirmText, doneText, FIX_WORDS, leftText } from "./fix-words.ts";
import classes from "./health.module.css";
import { useFix } from "./use-fix.ts";

/** Shows exactly what would be changed to put a finding right, writes that or nothing, and says what was written. */
export function FixDialog({ finding, onClose }: { finding: HealthFinding; onClose: () => void }) {
  const client = useClient();
  const fix = useFix(finding.code);
  const { preview, apply } = fix;
  const kind = finding.fix ?? "sums";
  const refusal = preview.data?.refusal ?? null;
  const written = apply.data?.kind === "fixed" ? apply.data.count : undefined;
  return (
    <WriteDialog
      title={finding.title}
      onClose={onClose}
      confirm={fix.token === null ? FIX_WORDS[kind].verb : confirmText(kind, preview.data?.count ?? 0)}
      onConfirm={fix.confirm}
      reason={client.reasonFor("health:fix") ?? reasonToWait(fix)}
      isBusy={apply.isPending}
      error={apply.error}
      note={
        preview.data === undefined ? undefined : (
          <>
            exact, computed <When at={preview.data.computedAt} as="seconds" />
          </>
        )
      }
      done={written === undefined ? undefined : <Banner tone="done" title={doneText(kind, written)} />}
    >
      {preview.error === null ? (
        <>
          {fix.promised === undefined || preview.data === undefined ? null : (
            <Stale promised={fix.promised} now={preview.data.count} />
          )}
          {refusal === null ? null : <Banner tone="held" title={refusal} />}
          {kind === "attach" ? <TierChoice fix={fix} /> : null}
          <Changes preview={preview.data} isChosen={fix.token !== null} />
          <Dim>{FIX_WORDS[kind].means}</Dim>
        </>
      ) : (
        <ErrorBanner
          error={preview.error}
          title="What this would change could not be counted."
          onRetry={() => void preview.refetch()}
        />
      )}
    </WriteDialog>
  );
}

function reasonToWait({ preview, tierId, token }: ReturnType<typeof useFix>): string | undefined {
  if (preview.data?.kind === "attach" && tierId === undefined) {
    return "Choose the tier first.";
  }
  if (preview.data !== undefined && preview.data.refusal !== null) {
    return preview.data.refusal;
  }
  if (token === null) {
    return preview.isError
      ? "What this would change could not be counted."
      : "Counting, so that the numbers are exact.";
  }
  return preview.data?.count === 0 ? "Nothing is left to put right." : undefined;
}

function Stale({ promised, now }: { promised: number; now: number }) {
  return (
    <Banner tone="held" title="Nothing was written.">
      What would be changed has moved since the preview: {formatCount(promised)} then, {formatCount(now)} now. This is
      the new preview.
    </Banner>
  );
}

/** The unknown tier that creators have, and the one of the ladder that they get. */
function TierChoice({ fix }: { fix: ReturnType<typeof useFix> }) {
  const ladder = useLadder();
  const tiers = fix.preview.data?.unknownTiers ?? [];
  const all = tiers.reduce((sum, { creators }) => sum + creators, 0);
  const from = tiers.map(({ tierId, creators }) => ({ value: tierId, label: `${tierId} (${formatCount(creators)})` }));
  return (
    <FieldPair>
      <Select
        label="Creators of"
        data={[{ value: "", label: `every unknown tier (${formatCount(all)})` }, ...from]}
        value={fix.fromTier ?? ""}
        onChange={(next) => fix.chooseFrom(next === null || next === "" ? undefined : next)}
        allowDeselect={false}
      />
      <Select
        label="Attach to"
        placeholder="A tier of the ladder"
        data={ladder.options}
        value={fix.tierId ?? null}
        onChange={(next) => fix.chooseTier(next ?? undefined)}
        allowDeselect={false}
        data-autofocus
      />
    </FieldPair>
  );
}

/** The first ten by name with what becomes of them, and what is left. */
function Changes({ preview, isChosen }: { preview: FixPreviewDto | undefined; isChosen: boolean }) {
  if (preview === undefined) {
    return <SkeletonText width="min(420px, 100%)" />;
  }
  if (!isChosen && preview.sample.length === 0) {
    return null;
  }
  const more = preview.count - preview.sample.length;
  const left = leftText(preview);
  return (
    <div>
      <ul className={classes.changes} aria-label="What would change">
        {preview.sample.map((one) => (
          <li key={`${one.label} ${one.detail}`}>
            <b>@{one.label}</b> {one.detail}
          </li>
        ))}
        {more > 0 ? <li>and {countOf(more, "other")} like these</li> : null}
      </ul>
      {left === null ? null : <p className={classes.explanation}>{left}</p>}
    </div>
  );
}
