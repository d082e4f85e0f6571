import { useClient } from "../../lib/client.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { UndoLink } from "./undo-dialog.tsx";

interface Props {
  missionId: string;
  /** The seeding that created rows, if any was made: it can be undone. */
  seedId?: string | null | undefined;
  onClose: () => void;
}

/** Where what was written can be seen: the rows, and who wrote them; and the way back. */
export function WrittenLinks({ missionId, seedId = null, onClose }: Props) {
  const client = useClient();
  const link = {
    to: "/c/$client/missions/$missionId",
    params: { client: client.subdomain, missionId },
    onClick: onClose,
  } as const;
  return (
    <Row gap={16}>
      <TextLink {...link} search={{ tab: "progress" }}>
        Show the rows
      </TextLink>
      <TextLink {...link} search={{ tab: "history" }}>
        Show the history
      </TextLink>
      {seedId === null ? null : <UndoLink seedId={seedId} onClose={onClose} />}
    </Row>
  );
}
