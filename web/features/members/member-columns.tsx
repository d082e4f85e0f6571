import { IconUserCog, IconUserMinus } from "@tabler/icons-react";
import type { MemberDto } from "../../../server/access/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ActionButton, IconAction } from "../../ui/action-button.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, When } from "../../ui/text.tsx";
import { lastOwnerReason, ROLE_MEANS, ROLE_WORDS } from "./member-words.ts";

/** What can be done to a member. */
export type MemberAct = "role" | "remove";

export const memberColumns: Column<MemberDto>[] = [
  {
    id: "name",
    header: "Name",
    skeleton: 140,
    cell: (member) => (
      <TwoLines second={member.email}>
        <Name member={member} />
      </TwoLines>
    ),
  },
  {
    id: "role",
    header: "Role",
    skeleton: 64,
    cell: (member) => <TwoLines second={ROLE_MEANS[member.role]}>{ROLE_WORDS[member.role]}</TwoLines>,
  },
  { id: "added", header: "Member since", quiet: true, cell: (member) => <When at={member.addedAt} as="day" /> },
];

function Name({ member }: { member: MemberDto }) {
  return (
    <>
      {member.name}
      {member.isYou ? <Dim> you</Dim> : null}
    </>
  );
}

interface ActionProps {
  member: MemberDto;
  members: readonly MemberDto[];
  onAct: (act: MemberAct, member: MemberDto) => void;
}

function useReason({ member, members }: Omit<ActionProps, "onAct">): string | undefined {
  const client = useClient();
  return client.reasonFor("members:write") ?? lastOwnerReason(member, members);
}

/** Change the role, remove; a viewer and the last owner read the reason. */
export function MemberActions({ member, members, onAct }: ActionProps) {
  const reason = useReason({ member, members });
  return (
    <>
      <IconAction label={`Change the role of ${member.name}`} reason={reason} onClick={() => onAct("role", member)}>
        <IconUserCog size={16} stroke={1.75} />
      </IconAction>
      <IconAction label={`Remove ${member.name}`} reason={reason} onClick={() => onAct("remove", member)}>
        <IconUserMinus size={16} stroke={1.75} />
      </IconAction>
    </>
  );
}

/** A member on the phone. */
export function MemberCard({ member, members, onAct }: ActionProps) {
  const reason = useReason({ member, members });
  return (
    <ListCard
      title={<Name member={member} />}
      end={ROLE_WORDS[member.role]}
      facts={[
        member.email,
        <span key="since">
          since <When at={member.addedAt} as="day" />
        </span>,
      ]}
      actions={
        <>
          <ActionButton size="xs" reason={reason} onClick={() => onAct("role", member)}>
            Change role…
          </ActionButton>
          <ActionButton size="xs" destructive reason={reason} onClick={() => onAct("remove", member)}>
            Remove…
          </ActionButton>
        </>
      }
    />
  );
}
