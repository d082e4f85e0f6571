import type { TierDto } from "../../../server/tiers/schema.ts";
import { metricFigure } from "../../lib/adjustment-words.ts";
import { useClient } from "../../lib/client.tsx";
import type { ClientContext } from "../../lib/client.tsx";
import { countOf, formatDecimal } from "../../lib/numbers.ts";
import { everyMonths } from "./ladder-words.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RowLink } from "../../ui/link.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { CodeText, Count, Dim } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";

interface Props {
  tiers: readonly TierDto[] | undefined;
  error: unknown;
  onRetry: () => void;
}

/** The ladder as it stands, lowest first; a tier leads to its creators. */
export function LadderTable({ tiers, error, onRetry }: Props) {
  const client = useClient();
  return (
    <DataTable
      label="Tiers, lowest first"
      columns={columnsOf(client)}
      rows={tiers}
      rowKey={(tier) => tier.tierId}
      skeletonRows={4}
      card={tierCard}
      error={error}
      onRetry={onRetry}
      empty={
        <EmptyState title="The ladder has no tier yet">
          Nobody can be imported before it has one. An owner sets it here.
        </EmptyState>
      }
    />
  );
}

function columnsOf(client: ClientContext): Column<TierDto>[] {
  return [
    { id: "name", header: "Tier", skeleton: 80, cell: (tier) => <Name tier={tier} subdomain={client.subdomain} /> },
    {
      id: "threshold",
      header: client.vipMetric === "sales" ? "Sales from" : "Units from",
      align: "right",
      cell: (tier) => <Threshold tier={tier} />,
    },
    { id: "commission", header: "Commission", align: "right", cell: (tier) => percentText(tier.commissionRate) },
    {
      id: "checkpoint",
      header: "Checkpoint",
      cell: (tier) => checkpointText(tier, client),
    },
    { id: "creators", header: "Creators", align: "right", cell: (tier) => <Count value={tier.creators} /> },
    { id: "id", header: "Id in the data", quiet: true, cell: (tier) => <CodeText>{tier.tierId}</CodeText> },
  ];
}

function Name({ tier, subdomain }: { tier: TierDto; subdomain: string }) {
  return (
    <RowLink to="/c/$client/creators" params={{ client: subdomain }} search={{ tier: tier.tierId }}>
      <TierName id={tier.tierId} />
    </RowLink>
  );
}

/** Without a threshold nobody reaches the tier: data health says so too. */
function Threshold({ tier }: { tier: TierDto }) {
  const client = useClient();
  const value = client.vipMetric === "sales" ? tier.salesThreshold : tier.unitsThreshold;
  return value === null ? <StatusText status="warning">none</StatusText> : <>{metricFigure(value, client)}</>;
}

function percentText(rate: string): string {
  return `${formatDecimal(rate)}\u00a0%`;
}

function checkpointText(tier: TierDto, client: ClientContext) {
  if (client.tierCalculationMode === "lifetime") {
    return <Dim>none: by the total of all time</Dim>;
  }
  return tier.checkpointExempt ? <Dim>exempt</Dim> : everyMonths(client.checkpointMonths);
}

const tierCard = (tier: TierDto) => <TierCard tier={tier} />;

function TierCard({ tier }: { tier: TierDto }) {
  const client = useClient();
  return (
    <ListCard
      title={<Name tier={tier} subdomain={client.subdomain} />}
      end={countOf(tier.creators, "creator")}
      facts={[
        <span key="from">
          {client.vipMetric === "sales" ? "from" : "units from"} <Threshold tier={tier} />
        </span>,
        `${percentText(tier.commissionRate)} commission`,
        <span key="checkpoint">checkpoint {checkpointText(tier, client)}</span>,
      ]}
    />
  );
}
