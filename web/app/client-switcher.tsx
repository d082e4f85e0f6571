import { IconSelector } from "@tabler/icons-react";
import { useRouteContext } from "@tanstack/react-router";
import { lazy } from "react";
import { MenuButton } from "../ui/menu-button.tsx";
import { ClientLetter } from "./client-letter.tsx";
import classes from "./client-switcher.module.css";

const load = () => import("./client-menu.tsx");
const ClientMenu = lazy(async () => ({ default: (await load()).ClientMenu }));

/** Names the present client and leads to the others. */
export function ClientSwitcher() {
  const { session, client } = useRouteContext({ from: "/c/$client" });
  if (session.clients.length < 2) {
    return (
      <div className={classes.switcher}>
        <ClientLetter client={client} />
        <span className={classes.name}>{client.name}</span>
      </div>
    );
  }
  return (
    <MenuButton load={load} menu={ClientMenu} className={classes.switcher} label={`Programme: ${client.name}. Switch`}>
      <ClientLetter client={client} />
      <span className={classes.name}>{client.name}</span>
      <IconSelector size={16} stroke={1.75} aria-hidden className={classes.arrows} />
    </MenuButton>
  );
}
