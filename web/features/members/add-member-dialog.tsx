import { Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { memberAddInput } from "../../../server/access/schema.ts";
import type { MemberAddedDto, MemberAddInput } from "../../../server/access/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { fieldErrors } from "../../lib/errors.ts";
import { trpc } from "../../lib/trpc.ts";
import { useBannerError } from "../../lib/use-banner-error.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { Banner } from "../../ui/banner.tsx";
import { CopySentence } from "../../ui/copy.tsx";
import { FieldPair } from "../../ui/form.tsx";
import { WriteDialog } from "../../ui/write-dialog.tsx";
import { ROLE_WORDS, roleOptions } from "./member-words.ts";
import { useMembersChanged } from "./use-members.ts";

const SENTENCES: Record<keyof MemberAddInput, string> = {
  email: "Give an email address such as name@example.com.",
  name: "Give a name of 1 to 200 characters.",
  role: "Choose a role.",
};

function memberErrors(values: MemberAddInput): Record<string, string> {
  const issues = memberAddInput.safeParse(values).error?.issues ?? [];
  return Object.fromEntries(
    issues.map((issue) => [String(issue.path[0]), SENTENCES[issue.path[0] as keyof MemberAddInput]]),
  );
}

/** Makes somebody a member. Whoever has no account yet gets one, with a password that is shown this once. */
export function AddMemberDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const changed = useMembersChanged();
  const form = useForm<MemberAddInput>({
    initialValues: { email: "", name: "", role: "viewer" },
    validate: memberErrors,
    validateInputOnBlur: true,
  });
  const add = useMutation(
    trpc.members.add.mutationOptions({
      onError: (error) => form.setErrors(fieldErrors(error)),
      onSettled: (added) => changed(added?.member.isYou === true),
    }),
  );
  const refusal = useBannerError(add.error, form.values);
  const confirm = () => {
    if (!form.validate().hasErrors) {
      add.mutate({ clientId: client.id, ...memberAddInput.parse(form.getValues()) });
    }
  };
  return (
    <WriteDialog
      title="Add a member"
      onClose={onClose}
      confirm={`Add as ${ROLE_WORDS[form.values.role].toLowerCase()}`}
      onConfirm={confirm}
      reason={client.reasonFor("members:write")}
      isBusy={add.isPending}
      error={refusal}
      note="Nothing is mailed: you tell them."
      done={add.data === undefined ? undefined : <Added added={add.data} />}
    >
      <FieldPair>
        <TextInput
          label="Email"
          type="email"
          autoComplete="off"
          withAsterisk
          data-autofocus
          {...form.getInputProps("email")}
        />
        <TextInput label="Name" autoComplete="off" withAsterisk {...form.getInputProps("name")} />
      </FieldPair>
      <Select label="Role" data={roleOptions} {...form.getInputProps("role")} />
    </WriteDialog>
  );
}

function Added({ added }: { added: MemberAddedDto }) {
  const { member, temporaryPassword } = added;
  const role = ROLE_WORDS[member.role].toLowerCase();
  if (temporaryPassword === null) {
    return (
      <Banner tone="done" title={`${member.name} is a member, as ${role}.`}>
        {member.email} has an account already and signs in as before.
      </Banner>
    );
  }
  return (
    <>
      <Banner tone="done" title={`${member.name} is a member, as ${role}.`}>
        Tell them this temporary password now: it is shown once and stored nowhere. They can change it in the menu of
        their account.
      </Banner>
      <CopySentence text={temporaryPassword} />
    </>
  );
}
