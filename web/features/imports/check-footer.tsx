import type { ImportDto } from "../../../server/imports/schema.ts";
import { formatBytes } from "../../lib/numbers.ts";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { CodeText, When } from "../../ui/text.tsx";
import { shortHash } from "./check-words.ts";
import classes from "./imports.module.css";

/** "checked, nothing written, 10:29:40 · day.csv · 214 KB · sha256 9f3c…e201". */
export function CheckFooter({ file, at }: { file: ImportDto; at: Date | undefined }) {
  return (
    <span className={classes.foot}>
      {at === undefined ? (
        <SkeletonText width={200} />
      ) : (
        <span className={classes.checked}>
          <StatusIcon status="done" />
          <span>
            checked, nothing written, <When at={at} as="seconds" />
          </span>
        </span>
      )}
      <FileFacts file={file} />
    </span>
  );
}

/** Size and hash of a file: enough to know it again. */
export function FileFacts({ file }: { file: ImportDto }) {
  return (
    <span className={classes.fileName}>
      {file.fileName} · {formatBytes(file.sizeBytes)} · sha256{" "}
      <span title={file.sha256}>
        <CodeText>{shortHash(file.sha256)}</CodeText>
      </span>
    </span>
  );
}
