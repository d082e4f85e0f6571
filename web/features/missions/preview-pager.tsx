import type { EligibilityFilters } from "../../../server/eligibility/schema.ts";
import { Pager } from "../../ui/pager.tsx";
import { useMissionSearch } from "./use-mission.ts";
import { PREVIEW_PAGE, usePreviewList } from "./use-preview-list.ts";

/** The pages of the list of creators. */
export function PreviewPager({ whatIf }: { whatIf: EligibilityFilters["whatIf"] }) {
  const { place, go } = useMissionSearch();
  const { list, total } = usePreviewList(whatIf);
  return (
    <Pager
      place={place}
      count={list.data?.rows.length}
      pageSize={PREVIEW_PAGE}
      total={total}
      previous={list.data?.previous}
      next={list.data?.next}
      noun={total === 1 ? "creator" : "creators"}
      onGo={go}
    />
  );
}
