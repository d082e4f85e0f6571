import { PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { announce } from "../lib/notify.ts";
import { useOneAtATime } from "../lib/use-one-at-a-time.ts";
import { WriteDialog } from "../ui/write-dialog.tsx";
import { changePassword } from "./session.ts";

const MIN = 12;
const MAX = 128;

interface Passwords {
  current: string;
  next: string;
  again: string;
}

function passwordErrors({ current, next, again }: Passwords): Partial<Record<keyof Passwords, string>> {
  const errors: Partial<Record<keyof Passwords, string>> = {};
  if (current === "") {
    errors.current = "Give the password you signed in with.";
  }
  if (next.length < MIN || next.length > MAX) {
    errors.next = `Give ${MIN} to ${MAX} characters.`;
  } else if (next === current) {
    errors.next = "This is the present password.";
  }
  if (again !== next) {
    errors.again = "The two are not the same.";
  }
  return errors;
}

/** Changes one's own password; every other session of the account ends. */
export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: null });
  const form = useForm<Passwords>({ initialValues: { current: "", next: "", again: "" }, validate: passwordErrors });
  const once = useOneAtATime();
  const save = async () => {
    setState({ isBusy: true, error: null });
    try {
      await changePassword(form.getValues().current, form.getValues().next);
      announce("Changed your password. Your other sessions are signed out.");
      onClose();
    } catch (error) {
      setState({ isBusy: false, error });
    }
  };
  return (
    <WriteDialog
      title="Change your password"
      onClose={onClose}
      confirm="Change password"
      onConfirm={() => void (form.validate().hasErrors || once(save))}
      reason={undefined}
      isBusy={state.isBusy}
      error={state.error}
      note="Every other browser of yours is signed out."
    >
      <Field label="Present password" autoComplete="current-password" {...form.getInputProps("current")} isFirst />
      <Field
        label="New password"
        description={`At least ${MIN} characters`}
        autoComplete="new-password"
        {...form.getInputProps("next")}
      />
      <Field label="New password again" autoComplete="new-password" {...form.getInputProps("again")} />
    </WriteDialog>
  );
}

interface FieldProps extends Omit<React.ComponentProps<typeof PasswordInput>, "label"> {
  label: string;
  isFirst?: boolean | undefined;
}

function Field({ isFirst = false, label, ...rest }: FieldProps) {
  return (
    <PasswordInput
      {...rest}
      label={label}
      {...(isFirst ? { "data-autofocus": true } : {})}
      withAsterisk
      visibilityToggleButtonProps={{ "aria-label": `Show: ${label}`, tabIndex: 0 }}
    />
  );
}
