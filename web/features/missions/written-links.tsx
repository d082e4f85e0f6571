import { useClient } from "../../lib/client.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";

/** Where what was written can be seen: the rows, and who wrote them. */
export function WrittenLinks({ missionId, onClose }: { missionId: string; onClose: () => void }) {
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
    </Row>
  );
}
