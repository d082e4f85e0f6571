import type { RehearsalBusy } from "../lib/start-rehearsal.ts";
import { useClient } from "../lib/client.tsx";
import { Banner, ErrorBanner } from "./banner.tsx";
import { TextLink } from "./link.tsx";
import { BusyBanner } from "./run-status.tsx";

/** What keeps a rehearsal from starting, where there is something: who is under way, or why it was refused. */
export function RehearsalRefusal({ busy, error }: { busy: RehearsalBusy | null; error: unknown }) {
  return (
    <>
      {busy === null ? null : <Busy busy={busy} />}
      {error === null ? null : <ErrorBanner error={error} title="No rehearsal was started." />}
    </>
  );
}

function Busy({ busy }: { busy: RehearsalBusy }) {
  const client = useClient();
  if (busy.by === "sync") {
    return <BusyBanner number={busy.number} />;
  }
  return (
    <Banner
      tone="running"
      title="Nothing was started."
      actions={
        <TextLink
          to="/c/$client/sync/rehearsals/$rehearsalId"
          params={{ client: client.subdomain, rehearsalId: busy.rehearsalId }}
          search={{}}
        >
          Follow the rehearsal
        </TextLink>
      }
    >
      Another rehearsal is under way, and one is played at a time.
    </Banner>
  );
}
