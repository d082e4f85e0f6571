import { useClient } from "../../lib/client.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { UndoLink } from "./undo-dialog.tsx";

interface Props {
  /** Left out where rows of several missions were written. */
  missionId?: string | undefined;
  /** The seeding that created rows, if any was made: it can be undone. */
  seedId: string | null;
  /** Closes the dialog that they stand in. */
  onClose?: (() => void) | undefined;
}

/** Where what was written can be seen: the rows, the seedings before it, who wrote them; and the way back. */
export function WrittenLinks({ missionId, seedId, onClose }: Props) {
  const client = useClient();
  const params = { client: client.subdomain };
  return (
    <Row gap={16}>
      {missionId === undefined ? null : <MissionLinks missionId={missionId} onClose={onClose} />}
      {seedId === null ? null : (
        <>
          <TextLink to="/c/$client/audit" params={params} search={{ subjectId: seedId }} onClick={onClose}>
            Show the audit entry
          </TextLink>
          <UndoLink seedId={seedId} onClose={onClose} />
        </>
      )}
    </Row>
  );
}

function MissionLinks({ missionId, onClose }: { missionId: string; onClose: Props["onClose"] }) {
  const client = useClient();
  const link = {
    to: "/c/$client/missions/$missionId",
    params: { client: client.subdomain, missionId },
    onClick: onClose,
  } as const;
  return (
    <>
      <TextLink {...link} search={{ tab: "progress" }}>
        Show the rows
      </TextLink>
      <TextLink {...link} search={{ tab: "history" }}>
        Show the history
      </TextLink>
    </>
  );
}
