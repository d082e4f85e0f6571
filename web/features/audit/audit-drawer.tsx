import type { AuditDto } from "../../../server/audit/schema.ts";
import { formatUtc } from "../../lib/dates.ts";
import { formatCount } from "../../lib/numbers.ts";
import { Drawer, DrawerSection } from "../../ui/drawer.tsx";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { TextButton } from "../../ui/link.tsx";
import { CodeText, Dim, When } from "../../ui/text.tsx";
import { ACTOR_WORDS, actionText, differencesOf } from "./audit-words.ts";
import classes from "./audit.module.css";
import { SubjectLink } from "./subject-link.tsx";
import { useTierNames } from "./use-tier-names.ts";

interface Props {
  entries: readonly AuditDto[];
  chosen: string | undefined;
  onOpen: (id: string | undefined) => void;
  onSubject: (subjectId: string) => void;
}

/** One entry in full: who, when, about what, before and after, counts. */
export function AuditDrawer({ entries, chosen, onOpen, onSubject }: Props) {
  const at = entries.findIndex((entry) => entry.id === chosen);
  const entry = entries[at];
  if (entry === undefined) {
    return null;
  }
  const step = (to: number) => {
    const next = entries[to];
    return next === undefined ? undefined : () => onOpen(next.id);
  };
  const { subject } = entry;
  return (
    <Drawer
      opened
      onClose={() => onOpen(undefined)}
      title={actionText(entry.action)}
      onPrevious={step(at - 1)}
      onNext={step(at + 1)}
    >
      <DrawerSection>
        <Facts facts={factsOf(entry)} />
        {subject === null || subject.kind === "seed" ? null : (
          <p className={classes.more}>
            <TextButton onClick={() => onSubject(subject.id)}>All entries about {subject.name ?? "it"}</TextButton>
          </p>
        )}
      </DrawerSection>
      <Differences entry={entry} />
      <Counts counts={entry.counts} />
    </Drawer>
  );
}

function factsOf(entry: AuditDto): Fact[] {
  const words = ACTOR_WORDS[entry.actorKind];
  return [
    {
      term: "When",
      value: (
        <>
          <When at={entry.at} /> <Dim>{formatUtc(entry.at)}</Dim>
        </>
      ),
    },
    { term: "By", value: words === "" ? entry.actorName : `${entry.actorName}, ${words}` },
    { term: "About", value: <SubjectLink subject={entry.subject} /> },
    { term: "Action", value: <CodeText>{entry.action}</CodeText> },
  ];
}

function Differences({ entry }: { entry: AuditDto }) {
  const differences = differencesOf(entry, useTierNames());
  if (differences.length === 0) {
    return null;
  }
  return (
    <DrawerSection title="Before and after">
      <table className={classes.differences}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{field}</th>
              <td>{before ?? <Dim>–</Dim>}</td>
              <td>{after ?? <Dim>–</Dim>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </DrawerSection>
  );
}

function Counts({ counts }: { counts: AuditDto["counts"] }) {
  if (counts === null) {
    return null;
  }
  const facts = Object.entries(counts).map(([what, count]) => ({
    term: what.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase(),
    value: formatCount(count),
  }));
  return (
    <DrawerSection title="Counts">
      <Facts facts={facts} />
    </DrawerSection>
  );
}
