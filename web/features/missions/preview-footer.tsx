import type { PreviewDto, WhatIf } from "../../../server/eligibility/schema.ts";
import { TextButton } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./missions.module.css";
import { PlanLink } from "./plans/plan-link.tsx";
import { PreviewPager } from "./preview-pager.tsx";
import { useRefresh } from "./use-refresh.ts";

/** "exact, computed 10:32:05", the plan that this is and a way to a new one, and the pages of the list above it. */
export function PreviewFooter({ preview, whatIf }: { preview: PreviewDto | undefined; whatIf: WhatIf | undefined }) {
  const refresh = useRefresh();
  return (
    <>
      {preview === undefined ? (
        <SkeletonText width={160} />
      ) : (
        <Row gap={12}>
          <span className={classes.exact}>
            <StatusIcon status="done" />
            <span>
              exact, computed <When at={preview.computedAt} as="seconds" />
            </span>
          </span>
          {preview.planId === null ? null : (
            <span>
              plan <PlanLink planId={preview.planId} />
            </span>
          )}
          <TextButton onClick={() => void refresh()}>Count again</TextButton>
        </Row>
      )}
      <PreviewPager whatIf={whatIf} />
    </>
  );
}
