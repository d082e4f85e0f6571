import { useState } from "react";
import type { LintDto } from "../../../server/seeding/lint/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import { LintFindings } from "./lint-findings.tsx";
import { lintTitle } from "./lint-words.ts";
import { awaitsName, NameConfirmation } from "./typed-confirmation.tsx";
import { useLint } from "./use-lint.ts";

interface Light {
  lint: { data: LintDto | undefined; error: unknown; refetch: () => unknown };
  name: string;
  setName: (name: string) => void;
  /** what goes with the activation: the typed name where the light is red */
  confirmation: string | undefined;
  /** why activating has to wait for it */
  reason: string | undefined;
}

/** The light of a mission at the moment of the question, and the name that is typed where it is red. */
export function useActivationLight(mission: MissionDto): Light {
  const lint = useLint(mission, { isFresh: true });
  const [name, setName] = useState("");
  const isRed = lint.data?.light === "red";
  return { lint, name, setName, confirmation: isRed ? name : undefined, reason: reasonToWait() };

  function reasonToWait(): string | undefined {
    if (lint.isFetching) {
      return "Counting, so that the numbers are exact.";
    }
    if (lint.data === undefined) {
      return "What speaks against it could not be counted.";
    }
    return isRed && awaitsName(mission.name, name) ? "Type the mission's name first." : undefined;
  }
}

interface Props {
  mission: MissionDto;
  light: Light;
  /** Nothing is asked where it cannot be activated anyway. */
  isRefused: boolean;
  onLeave: () => void;
}

/** What the light found, inside the question whether to activate; red asks for the mission's name. */
export function ActivationLight({ mission, light, isRefused, onLeave }: Props) {
  const { lint, name, setName } = light;
  if (lint.data === undefined) {
    return lint.error === null ? (
      <SkeletonText width={240} />
    ) : (
      <ErrorBanner error={lint.error} title="It could not be judged." onRetry={() => void lint.refetch()} />
    );
  }
  if (lint.data.findings.length === 0) {
    return <StatusText status="ready">{lintTitle(lint.data)}</StatusText>;
  }
  return (
    <>
      <LintFindings missionId={mission.id} findings={lint.data.findings} onLeave={onLeave} />
      {lint.data.light === "red" && !isRefused ? (
        <NameConfirmation name={mission.name} value={name} onChange={setName} />
      ) : null}
    </>
  );
}
