import { useRouteContext } from "@tanstack/react-router";
import { lazy } from "react";
import { MenuButton } from "../ui/menu-button.tsx";
import classes from "./account-menu.module.css";

const load = () => import("./account-entries.tsx");
const AccountEntries = lazy(async () => ({ default: (await load()).AccountEntries }));

/** The first letters of the first and last name: "Dana Reyes" is DR. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return `${first.slice(0, 1)}${last.slice(0, 1)}`.toUpperCase() || "?";
}

/** Who is signed in, and the menu of what belongs to the account. */
export function AccountMenu({ withName = false }: { withName?: boolean | undefined }) {
  const { session } = useRouteContext({ from: "/c/$client" });
  const { name } = session.admin;
  return (
    <MenuButton load={load} menu={AccountEntries} className={classes.target} label={`Account of ${name}`}>
      <span className={classes.avatar}>{initials(name)}</span>
      {withName ? <span>{name}</span> : null}
    </MenuButton>
  );
}
