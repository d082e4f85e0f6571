import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconLock, IconLogout } from "@tabler/icons-react";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useOverlay } from "../lib/use-overlay.ts";
import { LateMenu } from "../ui/late-menu.tsx";
import type { MenuOnTarget } from "../ui/menu-button.tsx";
import classes from "./account-menu.module.css";
import { signOut } from "./session.ts";

const loadDialog = () => import("./change-password-dialog.tsx");
const ChangePasswordDialog = lazy(async () => ({ default: (await loadDialog()).ChangePasswordDialog }));

const SCHEMES = [
  { value: "auto", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Who is signed in; the colour scheme; the password; the way out. */
export function AccountEntries({ target }: MenuOnTarget) {
  const { session } = useRouteContext({ from: "/c/$client" });
  const password = useOverlay(loadDialog);
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
        <Menu.Item leftSection={<IconLock size={16} stroke={1.75} aria-hidden />} onClick={password.open}>
          Change password…
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />} onClick={() => void leave()}>
          Sign out
        </Menu.Item>
      </LateMenu>
      <Suspense fallback={null}>{password.isOpen ? <ChangePasswordDialog onClose={password.close} /> : null}</Suspense>
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
