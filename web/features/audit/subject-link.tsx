import type { AuditDto } from "../../../server/audit/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { shortSeedName } from "../../lib/seed-words.ts";
import { TextLink } from "../../ui/link.tsx";
import { Dim } from "../../ui/text.tsx";

/** About so many characters fit a cell, whose row does not wrap. */
const CELL = 40;

/** What an entry is about, leading to its page where it has one. */
export function SubjectLink({ subject }: { subject: AuditDto["subject"] }) {
  const client = useClient().subdomain;
  if (subject === null) {
    return <Dim>the programme</Dim>;
  }
  const name = subject.name ?? subject.id;
  switch (subject.kind) {
    case "mission":
      return (
        <TextLink to="/c/$client/missions/$missionId" params={{ client, missionId: subject.id }}>
          {name}
        </TextLink>
      );
    case "creator":
      return (
        <TextLink to="/c/$client/creators/$userId" params={{ client, userId: subject.id }}>
          @{name}
        </TextLink>
      );
    case "reward":
      return (
        <TextLink to="/c/$client/rewards" params={{ client }} search={{ q: name }}>
          {name}
        </TextLink>
      );
    case "import":
      return (
        <TextLink to="/c/$client/import/$importId" params={{ client, importId: subject.id }}>
          {name}
        </TextLink>
      );
    case "seed":
      return (
        <TextLink to="/c/$client/seedings" params={{ client }}>
          <span title={name}>{shortSeedName(name, CELL)}</span>
        </TextLink>
      );
    case "seed_job":
      return (
        <TextLink to="/c/$client/seedings/jobs/$jobId" params={{ client, jobId: subject.id }}>
          <span title={name}>{shortSeedName(name, CELL)}</span>
        </TextLink>
      );
    case "rehearsal":
      return (
        <TextLink to="/c/$client/sync/rehearsals/$rehearsalId" params={{ client, rehearsalId: subject.id }} search={{}}>
          {name}
        </TextLink>
      );
    case "sync":
      return <RunLink name={name} />;
    default:
      return <>{name}</>;
  }
}

/** A run's address is its number, which its name ends with: "Sync 12". */
function RunLink({ name }: { name: string }) {
  const client = useClient().subdomain;
  const number = /\d+$/.exec(name)?.[0];
  return number === undefined ? (
    <>{name}</>
  ) : (
    <TextLink to="/c/$client/sync/$number" params={{ client, number }}>
      {name}
    </TextLink>
  );
}
