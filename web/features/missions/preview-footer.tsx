import type { PreviewDto, WhatIf } from "../../../server/eligibility/schema.ts";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./missions.module.css";
import { PreviewPager } from "./preview-pager.tsx";

/** "exact, computed 10:32:05", and the pages of the list above it. */
export function PreviewFooter({ preview, whatIf }: { preview: PreviewDto | undefined; whatIf: WhatIf | undefined }) {
  return (
    <>
      {preview === undefined ? (
        <SkeletonText width={160} />
      ) : (
        <span className={classes.exact}>
          <StatusIcon status="done" />
          <span>
            exact, computed <When at={preview.computedAt} as="seconds" />
          </span>
        </span>
      )}
      <PreviewPager whatIf={whatIf} />
    </>
  );
}
