import { useState } from "react";
import type { Fate, UndoDto } from "../../../server/seeding/undo/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatWhen } from "../../lib/dates.ts";
import { useNow } from "../../lib/use-now.ts";
import { ReasonTooltip } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { TextButton, TextLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { SumLine } from "../../ui/sum-line.tsx";
import { CodeText } from "../../ui/text.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { awaitsTyping, TypedConfirmation } from "./typed-confirmation.tsx";
import { undoOf, undoPlace, type UndoSearch } from "./search.ts";
import { UndoChoice } from "./undo-choice.tsx";
import { UndonePast } from "./undo-past.tsx";
import { UndoFacts } from "./undo-facts.tsx";
import { UndoResult } from "./undo-result.tsx";
import { UndoRows } from "./undo-rows.tsx";
import { reasonNotToUndo, undoLabel, undoSentence } from "./undo-words.ts";
import { useUndo } from "./use-undo.ts";

interface DialogProps {
  seedId: string;
  /** Which of the lists is open, and where in it: a colleague who opens the link sees the same. */
  search: UndoSearch;
  set: (change: UndoSearch) => void;
}

/** Asks before a seeding is taken back, with every row that would go or stay by name, and shows the result. */
export function UndoDialog({ seedId, search, set }: DialogProps) {
  const onClose = () => set(undoOf(undefined));
  const client = useClient();
  const { timezone } = client;
  const now = useNow(60_000);
  const [typed, setTyped] = useState("");
  const { seed, preview, undo, promised, isOff, setOff, confirm } = useUndo(seedId);
  const error = preview.error ?? seed.error;
  const removed = preview.data?.removed ?? 0;
  const switchedOff = preview.data?.missionsStillEnabled.filter(({ id }) => isOff(id)).length ?? 0;
  const isSettled = !client.can("seeding:undo") || (preview.data?.undone ?? null) !== null;
  return (
    <WriteDialog
      title={
        seed.data === undefined ? "Undo a seeding" : `Undo the seeding of ${formatWhen(seed.data.at, timezone, now)}`
      }
      width={720}
      onClose={onClose}
      confirm={undoLabel(preview.data?.removed, switchedOff)}
      destructive
      onConfirm={confirm}
      reason={reasonToWait(preview, awaitsTyping(removed, typed))}
      isBusy={undo.isPending}
      error={undo.error}
      note={
        <>
          Seeding <CodeText>{seedId}</CodeText>
        </>
      }
      done={
        undo.data !== undefined ? (
          <UndoResult seedId={seedId} result={undo.data} promised={promised} onClose={onClose} />
        ) : isSettled ? (
          <Settled seedId={seedId} preview={preview.data} search={search} set={set} />
        ) : undefined
      }
    >
      {error === null ? (
        <>
          {preview.data === undefined ? <SkeletonText width="min(480px, 100%)" /> : <Verdict preview={preview.data} />}
          <UndoFacts seed={seed.data} preview={preview.data} onClose={onClose} />
          {preview.data === undefined ? null : <UndoChoice preview={preview.data} isOff={isOff} onChange={setOff} />}
          <Rows seedId={seedId} preview={preview.data} search={search} set={set} />
          <TypedConfirmation
            count={removed}
            description="More than 10,000 rows are removed at once."
            value={typed}
            onChange={setTyped}
          />
        </>
      ) : (
        <ErrorBanner
          error={error}
          title="What an undo would do could not be counted."
          onRetry={() => void Promise.all([preview.refetch(), seed.refetch()])}
        />
      )}
    </WriteDialog>
  );
}

/** Nothing is asked where nothing can be done: the link says who may, or what became of it. */
function Settled({ seedId, preview, search, set }: DialogProps & { preview: UndoDto | undefined }) {
  const refusal = useClient().reasonFor("seeding:undo");
  if (refusal !== undefined) {
    return <Banner tone="quiet" title={refusal} />;
  }
  if (preview === undefined || preview.undone === null) {
    return null;
  }
  return (
    <>
      <UndonePast seedId={seedId} undone={preview.undone} onClose={() => set(undoOf(undefined))} />
      {preview.kept === 0 ? null : <Rows seedId={seedId} preview={preview} search={search} set={set} />}
    </>
  );
}

/** The sum of what goes and what stays; its terms open the two lists. */
function Rows({ seedId, preview, search, set }: DialogProps & { preview: UndoDto | undefined }) {
  const fate = search.undoFate ?? "removable";
  const place = { after: search.undoAfter, before: search.undoBefore, page: search.undoPage };
  const open = (other: Fate) => set({ undoFate: other === "removable" ? undefined : other, ...undoPlace({}) });
  const left = preview === undefined ? undefined : preview.removed + preview.kept;
  const shown = preview === undefined || preview.undone === null ? fate : "kept";
  return (
    <>
      <SumLine
        label="Rows of the seeding by what happens to them"
        terms={[
          { key: "removable", label: "remove", count: preview?.removed, bucket: "rejected" },
          { key: "kept", label: "keep", count: preview?.kept, bucket: "seeded" },
        ]}
        total={{ label: "rows of this seeding", count: left }}
        value={shown}
        onChange={open}
      />
      <UndoRows
        key={shown}
        seedId={seedId}
        fate={shown}
        place={place}
        onGo={(next) => set(undoPlace(next))}
        total={shown === "kept" ? preview?.kept : preview?.removed}
        hasMissions={(preview?.perMission.length ?? 0) > 1}
      />
    </>
  );
}

function Verdict({ preview }: { preview: UndoDto }) {
  if (preview.undone !== null) {
    return <Banner tone="quiet" title={reasonNotToUndo(preview.undone, preview.kept)} />;
  }
  return (
    <span>{undoSentence(preview)} The value of a row is computed from the videos, so nothing is lost with it.</span>
  );
}

interface Asked {
  data: UndoDto | undefined;
  isFetching: boolean;
}

function reasonToWait({ data, isFetching }: Asked, isTypingLeft: boolean): string | undefined {
  if (isFetching) {
    return "Counting, so that the numbers are exact.";
  }
  if (data === undefined) {
    return "What an undo would do could not be counted.";
  }
  if (data.undone === null && data.removed === 0) {
    return "Nothing to remove: every row that is left is completed or has a redemption.";
  }
  return reasonNotToUndo(data.undone, undefined) ?? (isTypingLeft ? "Type the number of rows first." : undefined);
}

/** The way from what was just seeded to its undo; closed, with the reason, for whoever may not. */
export function UndoLink({ seedId, onClose }: { seedId: string; onClose?: (() => void) | undefined }) {
  const client = useClient();
  const reason = client.reasonFor("seeding:undo");
  return reason === undefined ? (
    <TextLink
      to="/c/$client/seedings"
      params={{ client: client.subdomain }}
      search={{ undo: seedId }}
      onClick={onClose}
    >
      Undo this seeding…
    </TextLink>
  ) : (
    <ReasonTooltip reason={reason}>
      <TextButton aria-disabled>Undo this seeding…</TextButton>
    </ReasonTooltip>
  );
}
