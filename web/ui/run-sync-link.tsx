import { IconRefresh } from "@tabler/icons-react";
import { useClient } from "../lib/client.tsx";
import { ActionButton } from "./action-button.tsx";
import { ButtonLink } from "./button-link.tsx";

/** The way to the dialog that starts a run, from any page; for those who may not, the reason. */
export function RunSyncLink({ label = "Run sync…", filled = false }: { label?: string; filled?: boolean }) {
  const client = useClient();
  const reason = client.reasonFor("sync:run");
  const look = {
    leftSection: <IconRefresh size={16} stroke={1.75} aria-hidden />,
    ...(filled ? { variant: "filled" } : {}),
  } as const;
  if (reason !== undefined) {
    return (
      <ActionButton {...look} reason={reason}>
        {label}
      </ActionButton>
    );
  }
  return (
    <ButtonLink to="/c/$client/sync" params={{ client: client.subdomain }} search={{ start: true }} {...look}>
      {label}
    </ButtonLink>
  );
}
