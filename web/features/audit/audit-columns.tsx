import type { AuditDto } from "../../../server/audit/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { OPENS_DRAWER } from "../../lib/drawer-back.ts";
import { RowLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, When } from "../../ui/text.tsx";
import { SubjectLink } from "./subject-link.tsx";
import { ACTOR_WORDS, actionText, shortText, wholeText } from "./audit-words.ts";
import { useTierNames } from "./use-tier-names.ts";
import classes from "./audit.module.css";

/** When, who, what, about what, and the change in short. */
export function auditColumns({ subdomain }: { subdomain: string }): Column<AuditDto>[] {
  return [
    { id: "at", header: "When", width: 132, cell: (entry) => <EntryLink entry={entry} subdomain={subdomain} /> },
    { id: "who", header: "By", skeleton: 110, cell: (entry) => <Who entry={entry} /> },
    { id: "what", header: "What", skeleton: 110, cell: (entry) => actionText(entry.action) },
    { id: "subject", header: "About", skeleton: 110, cell: (entry) => <SubjectLink subject={entry.subject} /> },
    {
      id: "change",
      header: "Change and counts",
      quiet: true,
      skeleton: 280,
      cell: (entry) => <Short entry={entry} />,
    },
  ];
}

function EntryLink({ entry, subdomain }: { entry: AuditDto; subdomain: string }) {
  return (
    <RowLink
      to="/c/$client/audit"
      params={{ client: subdomain }}
      search={(now) => ({ ...now, entry: entry.id })}
      resetScroll={false}
      state={OPENS_DRAWER}
    >
      <When at={entry.at} />
    </RowLink>
  );
}

function Who({ entry }: { entry: AuditDto }) {
  const words = ACTOR_WORDS[entry.actorKind];
  return (
    <>
      {entry.actorName}
      {words === "" ? null : <Dim> {words}</Dim>}
    </>
  );
}

function Short({ entry }: { entry: AuditDto }) {
  const names = useTierNames();
  const text = shortText(entry, names);
  return (
    <span className={classes.short} title={wholeText(entry, names)}>
      {text === "" ? <Dim>–</Dim> : text}
    </span>
  );
}

/** A row of the list as a card, for the phone. */
export const auditCard = (entry: AuditDto) => <AuditCard entry={entry} />;

function AuditCard({ entry }: { entry: AuditDto }) {
  const { subdomain } = useClient();
  const text = shortText(entry, useTierNames());
  return (
    <ListCard
      title={actionText(entry.action)}
      end={<EntryLink entry={entry} subdomain={subdomain} />}
      facts={[<SubjectLink key="subject" subject={entry.subject} />, <Who key="who" entry={entry} />]}
    >
      {text === "" ? undefined : text}
    </ListCard>
  );
}
