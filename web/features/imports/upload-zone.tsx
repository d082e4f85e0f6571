import "@mantine/dropzone/styles.layer.css";
import { Dropzone } from "@mantine/dropzone";
import { IconDownload, IconFileUpload } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import { useRef } from "react";
import { useClient } from "../../lib/client.tsx";
import { dayOf } from "../../lib/dates.ts";
import { downloadText } from "../../lib/download.ts";
import { formatBytes, formatPercent } from "../../lib/numbers.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ProgressBar } from "../../ui/bars.tsx";
import { TextButton } from "../../ui/link.tsx";
import { Dim } from "../../ui/text.tsx";
import classes from "./imports.module.css";
import { sampleFile } from "./sample-file.ts";
import { UploadRefused } from "./upload.ts";
import type { useUpload } from "./use-upload.ts";

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** Where a file is dropped or chosen; while it is sent, how far it is. The button is the way for the keyboard. */
export function UploadZone({ upload }: { upload: ReturnType<typeof useUpload> }) {
  const client = useClient();
  const open = useRef<() => void>(null);
  const reason = client.reasonFor("imports:write");
  if (upload.state.kind === "sending") {
    return <Sending state={upload.state} onCancel={upload.cancel} />;
  }
  return (
    <Dropzone
      className={classes.zone ?? ""}
      openRef={open}
      onDrop={([file]) => {
        if (file !== undefined) {
          upload.send(file);
        }
      }}
      onReject={([rejection]) =>
        upload.fail(
          rejection?.file.name ?? "These files",
          new UploadRefused("One file at a time: choose a single CSV file."),
        )
      }
      multiple={false}
      disabled={reason !== undefined}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      tabIndex={-1}
      inputProps={{ accept: ".csv,text/csv", "aria-label": "CSV file" }}
    >
      <IconFileUpload size={28} stroke={1.5} aria-hidden className={classes.zoneIcon} />
      <span className={classes.zoneTitle}>Drop the day&rsquo;s CSV file here</span>
      <ActionButton
        variant="filled"
        reason={reason}
        onClick={() => open.current?.()}
        leftSection={<IconFileUpload {...icon} />}
      >
        Choose a file…
      </ActionButton>
      <span className={classes.zoneNote}>
        <Dim>It is read and judged. Nothing is written before you say so.</Dim>
      </span>
    </Dropzone>
  );
}

function Sending({
  state,
  onCancel,
}: {
  state: Extract<ReturnType<typeof useUpload>["state"], { kind: "sending" }>;
  onCancel: () => void;
}) {
  const isSent = state.share >= 1;
  return (
    <div className={classes.sending} role="status">
      <div className={classes.sendingHead}>
        <b className={classes.fileName}>{state.fileName}</b>
        <Dim>{formatBytes(state.size)}</Dim>
      </div>
      <ProgressBar share={state.share} label={`${state.fileName} sent`} tone="running" height={8} />
      <div className={classes.sendingHead}>
        <span>{isSent ? "Sent; every row is being read…" : `${formatPercent(state.share)} sent`}</span>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </div>
  );
}

/** A file of three rows to begin with, made in the browser. */
export function SampleFile() {
  const client = useClient();
  return (
    <TextButton onClick={() => downloadText("muster-sample.csv", sampleFile(dayOf(new Date(), client.timezone)))}>
      <IconDownload size={14} stroke={1.75} aria-hidden className={classes.inlineIcon} /> sample file
    </TextButton>
  );
}
