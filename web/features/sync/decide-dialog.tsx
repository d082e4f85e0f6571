import { Checkbox, Textarea } from "@mantine/core";
import { useState } from "react";
import type { HoldDto } from "../../../server/sync/guards/schema.ts";
import { keptWords, type RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { useDecision } from "./use-holds.ts";

export type Decision = "release" | "discard";

interface Props {
  run: RunDto;
  hold: HoldDto | undefined;
  decision: Decision;
  onClose: () => void;
}

/** Asks an owner why, before a held run goes on or is given up. */
export function DecideDialog({ run, hold, decision, onClose }: Props) {
  const client = useClient();
  const decide = useDecision(run, onClose);
  const [reason, setReason] = useState("");
  const [discardFile, setDiscardFile] = useState(true);
  const isRelease = decision === "release";
  const position = run.steps.find(({ status }) => status === "held")?.position ?? 1;
  const given = reason.trim();
  return (
    <WriteDialog
      title={isRelease ? `Release run ${run.number}?` : `Discard run ${run.number}?`}
      onClose={onClose}
      confirm={isRelease ? `Release and run step ${position}` : `Discard run ${run.number}`}
      destructive={!isRelease}
      onConfirm={() => (isRelease ? decide.release(given) : decide.discard(given, discardFile))}
      reason={whyNot(client.reasonFor("sync:release"), run, given)}
      isBusy={decide.isBusy}
      error={decide.error}
      note="The reason stands in the audit log."
    >
      <div>
        {(hold?.trips ?? []).map(({ sentence }) => sentence).join(" ")}{" "}
        {isRelease
          ? `Step ${position} runs again. It passes up to what was shown, and is held again if it would do more, or to others.`
          : `${keptWords(run.steps)} Step ${position} and those after it are not done; a later run does them.`}
      </div>
      <Textarea
        label="Reason"
        description={isRelease ? "Why this is as it should be" : "Why it is not to go on"}
        value={reason}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {!isRelease && hold?.step === "import" && run.importId !== null ? (
        <Checkbox
          label={`Give up the file ${run.fileName ?? ""} too`}
          description="Otherwise the next run that looks into the inbox takes it again."
          checked={discardFile}
          onChange={(event) => setDiscardFile(event.currentTarget.checked)}
        />
      ) : null}
    </WriteDialog>
  );
}

function whyNot(role: string | undefined, run: RunDto, given: string): string | undefined {
  if (role !== undefined) {
    return role;
  }
  if (run.status !== "held") {
    return `Run ${run.number} is no longer held.`;
  }
  return given.length < 3 ? "Say why in a few words first." : undefined;
}
