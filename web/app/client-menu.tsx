import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useNavigate, useRouteContext } from "@tanstack/react-router";
import { LateMenu } from "../ui/late-menu.tsx";
import type { MenuOnTarget } from "../ui/menu-button.tsx";
import { ClientLetter } from "./client-letter.tsx";
import { forgetClientData } from "./session.ts";

/** The way to the other clients. Switching forgets everything read for the one before. */
export function ClientMenu({ target }: MenuOnTarget) {
  const { session, client } = useRouteContext({ from: "/c/$client" });
  const navigate = useNavigate();
  const go = async (subdomain: string) => {
    await navigate({ to: "/c/$client", params: { client: subdomain } });
    forgetClientData(client.id);
  };
  return (
    <LateMenu target={target} position="bottom-start" width="target">
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
    </LateMenu>
  );
}
