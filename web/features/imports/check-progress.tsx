import { Button } from "@mantine/core";
import { useClient } from "../../lib/client.tsx";
import { formatPercent } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ProgressBar } from "../../ui/bars.tsx";
import classes from "./imports.module.css";
import { useCheckProgress } from "./use-check.ts";

/** How far the check of a large file is. A small one is done before anything is to be told. */
export function CheckProgressPanel({ fileName }: { fileName: string }) {
  const client = useClient();
  const { progress, cancel, isCancelling } = useCheckProgress(true);
  if (progress === null) {
    return null;
  }
  const reason = client.reasonFor("imports:write");
  return (
    <div className={classes.sending} role="status">
      <ProgressBar
        share={progress.phase === "reading" ? progress.share : 1}
        label={`${fileName} read`}
        tone="running"
        height={8}
      />
      <div className={classes.sendingHead}>
        <span>
          {progress.phase === "reading"
            ? `${formatPercent(progress.share)} of the rows read`
            : "All rows read; each is being compared with what is there…"}
        </span>
        {reason === undefined ? (
          <Button loading={isCancelling} onClick={cancel}>
            Cancel the check
          </Button>
        ) : (
          <ActionButton reason={reason}>Cancel the check</ActionButton>
        )}
      </div>
    </div>
  );
}
