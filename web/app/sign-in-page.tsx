import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { FormEvent } from "react";
import { errorText } from "../lib/errors.ts";
import { Banner } from "../ui/banner.tsx";
import { Logo } from "../ui/logo.tsx";
import { signIn } from "./session.ts";
import classes from "./sign-in-page.module.css";
import { TallyField } from "./tally-field.tsx";

/** Signing in: on the left the form, on the right what the product does, drawn. */
export function SignInPage() {
  useEffect(() => {
    document.title = "Sign in · Muster";
  }, []);
  return (
    <main className={classes.page}>
      <div className={classes.side}>
        <span className={classes.brand}>
          <Logo size={24} />
          Muster
        </span>
        <SignInForm />
        <span className={classes.small}>Muster</span>
      </div>
      <div className={classes.picture}>
        <TallyField />
      </div>
    </main>
  );
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}

function SignInForm() {
  const { next } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const router = useRouter();
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: null });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setState({ isBusy: true, error: null });
    try {
      await signIn(textOf(form, "email"), textOf(form, "password"));
      if (next === undefined) {
        await navigate({ to: "/" });
      } else {
        router.history.push(next);
      }
    } catch (error) {
      setState({ isBusy: false, error });
    }
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <div>
        <h1 className={classes.title}>Sign in</h1>
        <p className={classes.sentence}>Nothing is written that you have not seen.</p>
      </div>
      {state.error === null ? null : <Banner tone="failed" title={errorText(state.error)} />}
      <TextInput
        name="email"
        type="email"
        label="Email"
        autoComplete="username"
        required
        withAsterisk={false}
        autoFocus
      />
      <PasswordInput
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": "Show the password", tabIndex: 0 }}
      />
      <Button type="submit" variant="filled" fullWidth loading={state.isBusy}>
        Sign in
      </Button>
      <p className={classes.small}>No account? An owner of your programme can add you under Members.</p>
    </form>
  );
}
