import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconLock, IconLogout } from "@tabler/icons-react";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
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

/** The first letters of the first and last name: "Dana Reyes" is DR. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return `${first.slice(0, 1)}${last.slice(0, 1)}`.toUpperCase() || "?";
}

/** Who is signed in; the colour scheme; the password; the way out. */
export function AccountMenu({ withName = false }: { withName?: boolean | undefined }) {
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
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <button type="button" className={classes.target} aria-label={`Account of ${name}`}>
            <span className={classes.avatar}>{initials(name)}</span>
            {withName ? <span>{name}</span> : null}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
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
        </Menu.Dropdown>
      </Menu>
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
