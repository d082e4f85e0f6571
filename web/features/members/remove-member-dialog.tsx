import type { MemberDto } from "../../../server/access/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { useMembersChanged } from "./use-members.ts";

/** Asks before a membership ends; the account and other memberships stay. */
export function RemoveMemberDialog({ member, onClose }: { member: MemberDto; onClose: () => void }) {
  const client = useClient();
  const changed = useMembersChanged();
  const remove = useMutation(trpc.members.remove.mutationOptions({ onSettled: () => changed(member.isYou) }));
  const confirm = async () => {
    await remove.mutateAsync({ clientId: client.id, adminId: member.adminId });
    announce(`${member.name} is no longer a member of ${client.name}.`);
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Remove ${member.name}?`}
      confirm={`Remove ${member.name}`}
      destructive
      onConfirm={confirm}
    >
      <span>
        {member.isYou ? "You" : member.name} will not be able to open {client.name} any more, from the next click on.
        The account, other memberships and everything in the audit log stay.
      </span>
    </ConfirmDialog>
  );
}
