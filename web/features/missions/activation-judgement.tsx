import type { LintDto } from "../../../server/seeding/lint/schema.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { LintFindings } from "./lint-findings.tsx";
import { lintTitle } from "./lint-words.ts";

/** The judgement of a mission as it was asked for. */
export interface Judged {
  data: LintDto | undefined;
  error: unknown;
  isFetching: boolean;
  refetch: () => unknown;
}

/** What the light found, inside the question whether to activate. */
export function Judgement({ missionId, lint, onLeave }: { missionId: string; lint: Judged; onLeave: () => void }) {
  if (lint.data === undefined) {
    return lint.error === null ? (
      <SkeletonText width={240} />
    ) : (
      <ErrorBanner error={lint.error} title="It could not be judged." onRetry={() => void lint.refetch()} />
    );
  }
  return lint.data.findings.length === 0 ? (
    <StatusText status="ready">{lintTitle(lint.data)}</StatusText>
  ) : (
    <LintFindings missionId={missionId} findings={lint.data.findings} onLeave={onLeave} />
  );
}
