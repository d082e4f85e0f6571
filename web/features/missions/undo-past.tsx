import type { UndoneDto } from "../../../server/seeding/undo/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { Banner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { When } from "../../ui/text.tsx";
import { undoneText } from "./undo-words.ts";

interface Props {
  seedId: string;
  undone: UndoneDto;
  onClose: () => void;
}

/** What the link of a seeding shows that was undone: when, by whom, and what became of its rows. */
export function UndonePast({ seedId, undone, onClose }: Props) {
  const client = useClient();
  return (
    <Banner
      tone="quiet"
      title={
        <>
          Undone by {undone.byName}, <When at={undone.at} />: {undoneText(undone)}.
        </>
      }
      actions={
        <TextLink
          to="/c/$client/audit"
          params={{ client: client.subdomain }}
          search={{ subjectId: seedId }}
          onClick={onClose}
        >
          Show the audit entry
        </TextLink>
      }
    >
      A seeding can be undone once. What was kept stays.
    </Banner>
  );
}
