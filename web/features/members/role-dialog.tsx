import { Select } from "@mantine/core";
import { useState } from "react";
import { roles } from "../../../server/access/schema.ts";
import type { MemberDto, Role } from "../../../server/access/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { Banner } from "../../ui/banner.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ROLE_WORDS, roleOptions } from "./member-words.ts";
import { useMembersChanged } from "./use-members.ts";

/** Gives a member another role in this client. */
export function RoleDialog({ member, onClose }: { member: MemberDto; onClose: () => void }) {
  const client = useClient();
  const changed = useMembersChanged();
  const [role, setRole] = useState<Role>(member.role);
  const change = useMutation(trpc.members.changeRole.mutationOptions({ onSettled: () => changed(member.isYou) }));
  const confirm = async () => {
    await change.mutateAsync({ clientId: client.id, adminId: member.adminId, role });
    announce(`${member.name} is ${role === "viewer" ? "a" : "an"} ${role} now.`);
  };
  const isLess = roles.indexOf(role) < roles.indexOf(member.role);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Change the role of ${member.name}`}
      confirm={`Make ${ROLE_WORDS[role].toLowerCase()}`}
      onConfirm={confirm}
      reason={role === member.role ? "Choose another role first." : undefined}
      note="It holds from their next click on."
    >
      <Select
        label="Role"
        data={roleOptions}
        value={role}
        onChange={(value) => setRole(roles.find((one) => one === value) ?? member.role)}
      />
      {member.isYou && isLess ? (
        <Banner tone="held" title="This is your own role.">
          You cannot take it back: another owner would have to.
        </Banner>
      ) : null}
    </ConfirmDialog>
  );
}
