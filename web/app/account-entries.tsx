import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconLock, IconLogout } from "@tabler/icons-react";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { LateMenu } from "../ui/late-menu.tsx";
import type { MenuOnTarget } from "../ui/menu-button.tsx";
import classes from "./account-menu.module.css";
import { signOut } from "./session.ts";

const ChangePasswordDialog = lazy(async () => ({
  default: (await import("./change-password-dialog.tsx")).ChangePasswordDialog,
}));

const SCHEMES = [
  { value: "auto", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Who is signed in; the colour scheme; the password; the way out. */
export function AccountEntries({ target }: MenuOnTarget) {
  const { session } = useRouteContext({ from: "/c/$client" });
  const [isChanging, setChanging] = useState(false);
  const navigate = useNavigate();
  const leave = async () => {
    await signOut();
    await navigate({ to: "/sign-in" });
  };
  const { name, email } = session.admin;
  return (
    <>
      <LateMenu target={target} position="bottom-end" width={220}>
        <Menu.Label>
          <span className={classes.name}>{name}</span>
          <br />
          {email}
        </Menu.Label>
        <Menu.Divider />
        <Schemes />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size={16} stroke={1.75} aria-hidden />} onClick={() => setChanging(true)}>
          Change password…
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </LateMenu>
      <Suspense fallback={null}>
        {isChanging ? <ChangePasswordDialog onClose={() => setChanging(false)} /> : null}
      </Suspense>
    </>
  );
}

function Schemes() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>Colours</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => {
          const scheme = SCHEMES.find((one) => one.value === value);
          if (scheme !== undefined) {
            setColorScheme(scheme.value);
          }
        }}
      >
        {SCHEMES.map((scheme) => (
          <Menu.RadioItem key={scheme.value} value={scheme.value}>
            {scheme.label}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
