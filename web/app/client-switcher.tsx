import { Menu } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import type { Client } from "../lib/client.tsx";
import { textOn } from "../lib/contrast.ts";
import classes from "./client-switcher.module.css";
import { forgetClientData } from "./session.ts";

/** The square with the client's letter, in the client's own colour. */
export function ClientLetter({ client }: { client: Pick<Client, "name" | "primaryColor"> }) {
  return (
    <span
      aria-hidden
      className={classes.letter}
      style={{ background: client.primaryColor, color: textOn(client.primaryColor) }}
    >
      {client.name.slice(0, 1).toUpperCase()}
    </span>
  );
}

/** Names the present client and leads to the others. Switching forgets everything read for the one before. */
export function ClientSwitcher() {
  const { session, client } = useRouteContext({ from: "/c/$client" });
  const navigate = useNavigate();
  const go = async (subdomain: string) => {
    await navigate({ to: "/c/$client", params: { client: subdomain } });
    forgetClientData(client.id);
  };
  if (session.clients.length < 2) {
    return (
      <div className={classes.switcher}>
        <ClientLetter client={client} />
        <span className={classes.name}>{client.name}</span>
      </div>
    );
  }
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <button type="button" className={classes.switcher} aria-label={`Programme: ${client.name}. Switch`}>
          <ClientLetter client={client} />
          <span className={classes.name}>{client.name}</span>
          <IconSelector size={16} stroke={1.75} aria-hidden className={classes.arrows} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {session.clients.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={<ClientLetter client={one} />}
            rightSection={one.id === client.id ? <IconCheck size={16} stroke={1.75} aria-label="shown now" /> : null}
            onClick={() => void go(one.subdomain)}
          >
            {one.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
