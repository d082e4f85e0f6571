import { useState } from "react";
import type { UndoDto } from "../../../server/seeding/undo/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { Banner } from "../../ui/banner.tsx";
import type { PagerPlace } from "../../ui/pager.tsx";
import { TextLink } from "../../ui/link.tsx";
import { UndoRows } from "./undo-rows.tsx";
import { missionNames, undoResultText } from "./undo-words.ts";

interface Props {
  seedId: string;
  result: UndoDto;
  promised: number;
  onClose: () => void;
}

/** What an undo did: the numbers, what is off or comes back, and the rows that are left. */
export function UndoResult({ seedId, result, promised, onClose }: Props) {
  const client = useClient();
  // What has just been done stands in no address, and neither does its list.
  const [place, setPlace] = useState<PagerPlace>({});
  return (
    <>
      <Banner
        tone={result.kind === "undone" ? "done" : "quiet"}
        title={undoResultText(result, promised)}
        actions={
          <TextLink to="/c/$client/audit" params={{ client: client.subdomain }} onClick={onClose}>
            Show the audit log
          </TextLink>
        }
      >
        {switchText(result)}
      </Banner>
      {result.kept === 0 ? null : (
        <UndoRows
          seedId={seedId}
          fate="kept"
          place={place}
          onGo={setPlace}
          total={result.kept}
          hasMissions={result.perMission.length > 1}
        />
      )}
    </>
  );
}

function switchText({ disabled, missionsStillEnabled }: UndoDto): string {
  const are = (missions: readonly { name: string }[]) =>
    `${missionNames(missions.map(({ name }) => name))} ${missions.length === 1 ? "is" : "are"}`;
  const off = disabled.length === 1 ? "it is" : "they are";
  return [
    disabled.length === 0 ? "" : `${are(disabled)} disabled: nothing is created and nothing moves while ${off} off.`,
    missionsStillEnabled.length === 0
      ? ""
      : `${are(missionsStillEnabled)} still enabled: the next seeding or sync creates the rows again.`,
  ]
    .filter((part) => part !== "")
    .join(" ");
}
