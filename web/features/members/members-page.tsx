import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { MemberDto } from "../../../server/access/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ActionButton } from "../../ui/action-button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { AddMemberDialog } from "./add-member-dialog.tsx";
import { MemberActions, MemberCard, memberColumns } from "./member-columns.tsx";
import type { MemberAct } from "./member-columns.tsx";
import { membersSentence } from "./member-words.ts";
import { RemoveMemberDialog } from "./remove-member-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { useMembers } from "./use-members.ts";

type OpenDialog = "add" | { act: MemberAct; member: MemberDto };

/** Who may open this client, and what each may do here. */
export function MembersPage() {
  const members = useMembers();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const all = members.data ?? [];
  const act = (kind: MemberAct, member: MemberDto) => setDialog({ act: kind, member });
  const actions = (member: MemberDto) => <MemberActions member={member} members={all} onAct={act} />;
  const card = (member: MemberDto) => <MemberCard member={member} members={all} onAct={act} />;
  return (
    <Page
      title="Members"
      sentence={<Sentence members={members.data} />}
      actions={<AddMember onClick={() => setDialog("add")} />}
    >
      <DataTable
        label="Members"
        columns={memberColumns}
        rows={members.data}
        rowKey={(member) => member.adminId}
        rowHeight={40}
        actions={actions}
        card={card}
        error={members.error}
        onRetry={() => void members.refetch()}
        empty={<EmptyState title="Nobody is a member">Add somebody by their email address.</EmptyState>}
      />
      <Dialogs dialog={dialog} onClose={() => setDialog(null)} />
    </Page>
  );
}

function Sentence({ members }: { members: readonly MemberDto[] | undefined }) {
  if (members === undefined) {
    return <>Who may open this client, and what each may do.</>;
  }
  const { bold, rest } = membersSentence(members);
  return (
    <>
      <b>{bold}</b>
      {rest}. A role holds for this client alone.
    </>
  );
}

function Dialogs({ dialog, onClose }: { dialog: OpenDialog | null; onClose: () => void }) {
  if (dialog === null) {
    return null;
  }
  if (dialog === "add") {
    return <AddMemberDialog onClose={onClose} />;
  }
  return dialog.act === "role" ? (
    <RoleDialog member={dialog.member} onClose={onClose} />
  ) : (
    <RemoveMemberDialog member={dialog.member} onClose={onClose} />
  );
}

function AddMember({ onClick }: { onClick: () => void }) {
  const client = useClient();
  return (
    <ActionButton
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
      reason={client.reasonFor("members:write")}
      onClick={onClick}
    >
      Add member…
    </ActionButton>
  );
}
