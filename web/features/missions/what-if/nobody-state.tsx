import { Button } from "@mantine/core";
import type { PreviewDto } from "../../../../server/eligibility/schema.ts";
import type { TierRule } from "../../../lib/mission-words.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { bestHint, nobodySentence } from "../preview-words.ts";
import { hintWords } from "./hint-words.ts";
import { useRelaxHints } from "./relax-hint.tsx";
import { useSupposed } from "./use-supposed.ts";

/** Nobody qualifies: which rule removed most, what would help, and one button that tries it out. */
export function NobodyState({ preview, rule }: { preview: PreviewDto; rule: TierRule }) {
  const { suppose } = useSupposed(preview.mission);
  const hint = bestHint(useRelaxHints(preview.mission));
  const whatIf = hint?.whatIf ?? null;
  return (
    <EmptyState
      title="Nobody new would get it"
      action={
        hint === undefined || whatIf === null ? undefined : (
          <Button onClick={() => suppose(whatIf)}>Suppose: {hintWords(hint)}</Button>
        )
      }
    >
      {nobodySentence(preview, rule, hint)}
    </EmptyState>
  );
}
