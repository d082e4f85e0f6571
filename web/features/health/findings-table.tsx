import type { ReactNode } from "react";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { RowLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { StatusText } from "../../ui/status.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Change, When } from "../../ui/text.tsx";
import { FixButton, PlaceLink, SampleLink } from "./health-links.tsx";
import { changeText, sampleWords, SEVERITY } from "./health-words.ts";
import classes from "./health.module.css";

interface Props {
  findings: readonly HealthFinding[] | undefined;
  chosen: string | undefined;
  error: unknown;
  onRetry: () => void;
  stale: boolean;
  empty: ReactNode;
}

/** What the checks found, the worst first, each with its names and where it is put right. */
export function FindingsTable({ findings, chosen, error, onRetry, stale, empty }: Props) {
  return (
    <DataTable
      label="Findings"
      columns={COLUMNS}
      rows={findings}
      rowKey={(finding) => finding.code}
      rowHeight={56}
      skeletonRows={4}
      selectedKey={chosen}
      stale={stale}
      error={error}
      onRetry={onRetry}
      card={findingCard}
      empty={empty}
    />
  );
}

const COLUMNS: Column<HealthFinding>[] = [
  {
    id: "severity",
    header: "Severity",
    width: 108,
    cell: (finding) => <StatusText status={SEVERITY[finding.severity]} />,
  },
  {
    id: "finding",
    header: "Finding",
    wrap: true,
    skeleton: 280,
    cell: (finding) => (
      <TwoLines second={finding.explanation}>
        <Title finding={finding} />
      </TwoLines>
    ),
  },
  {
    id: "count",
    header: "Count",
    align: "right",
    width: 88,
    cell: (finding) => <b className={classes.count}>{formatCount(finding.count)}</b>,
  },
  {
    id: "change",
    header: "Change",
    align: "right",
    width: 92,
    cell: (finding) => (
      <span title={changeText(finding)}>
        <Change value={finding.change?.by} />
      </span>
    ),
  },
  {
    id: "seen",
    header: "First seen",
    quiet: true,
    width: 96,
    cell: (finding) => <When at={finding.firstSeenAt} as="day" />,
  },
  { id: "sample", header: "Sample", skeleton: 140, cell: (finding) => <Sample finding={finding} /> },
  { id: "fix", header: "Where to put it right", cell: (finding) => <Way finding={finding} /> },
];

function Title({ finding }: { finding: HealthFinding }) {
  const client = useClient();
  return (
    <RowLink
      to="/c/$client/health"
      params={{ client: client.subdomain }}
      search={{ finding: finding.code }}
      resetScroll={false}
      className={classes.title}
    >
      {finding.title}
    </RowLink>
  );
}

function Sample({ finding }: { finding: HealthFinding }) {
  const { shown, more } = sampleWords(finding);
  return (
    <span className={classes.sample}>
      {shown.map((item) => (
        <SampleLink key={item.id} item={item} />
      ))}
      {more}
    </span>
  );
}

/** What this page can do about it, else where to go. */
function Way({ finding }: { finding: HealthFinding }) {
  return finding.fix === null ? <PlaceLink finding={finding} /> : <FixButton finding={finding} />;
}

const findingCard = (finding: HealthFinding) => (
  <ListCard
    title={<Title finding={finding} />}
    end={<b>{formatCount(finding.count)}</b>}
    facts={[
      <StatusText key="severity" status={SEVERITY[finding.severity]} />,
      <span key="change">{changeText(finding)}</span>,
      <Sample key="sample" finding={finding} />,
    ]}
    actions={<Way finding={finding} />}
  >
    {finding.explanation}
  </ListCard>
);
