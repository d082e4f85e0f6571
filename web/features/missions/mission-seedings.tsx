import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MissionDto } from "../../../server/missions/schema.ts";
import type { SeedDto } from "../../../server/seeding/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Pager } from "../../ui/pager.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Dim, When } from "../../ui/text.tsx";
import { SOURCE_WORDS } from "./history-words.ts";
import { useMissionSearch } from "./use-mission.ts";

const PAGE = 50;

/** Every seeding that took this mission in, newest first. */
export function MissionSeedings({ mission }: { mission: MissionDto }) {
  const client = useClient();
  const { place, go } = useMissionSearch();
  const filters = { clientId: client.id, missionId: mission.id };
  const { after, before } = place;
  const list = useQuery(
    trpc.seeding.list.queryOptions({ ...filters, after, before, limit: PAGE }, { placeholderData: keepPreviousData }),
  );
  const total = useQuery(trpc.seeding.count.queryOptions(filters)).data;
  return (
    <>
      <DataTable
        label="Seedings"
        columns={columnsOf(client.subdomain)}
        rows={list.data?.rows}
        rowKey={(seed) => seed.id}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <EmptyState title="This mission was never seeded">
            A seeding that creates nothing leaves no trace. The first one that creates rows will stand here.
          </EmptyState>
        }
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "seeding" : "seedings"}
        onGo={go}
      />
    </>
  );
}

function columnsOf(subdomain: string): Column<SeedDto>[] {
  return [
    { id: "at", header: "When", cell: (seed) => <When at={seed.at} /> },
    { id: "by", header: "By", skeleton: 120, cell: (seed) => <SeededBy seed={seed} subdomain={subdomain} /> },
    { id: "missions", header: "Missions", quiet: true, cell: (seed) => <SeededMissions seed={seed} /> },
    { id: "created", header: "Created", align: "right", cell: (seed) => <Count value={seed.created} /> },
    { id: "there", header: "Already there", align: "right", cell: (seed) => <Count value={seed.alreadySeeded} /> },
    { id: "no", header: "Not eligible", align: "right", cell: (seed) => <Count value={seed.notEligible} /> },
    { id: "unclear", header: "Not judged", align: "right", cell: (seed) => <Count value={seed.unknown} /> },
  ];
}

function SeededBy({ seed, subdomain }: { seed: SeedDto; subdomain: string }) {
  return (
    <>
      {seed.byName} <Dim>{SOURCE_WORDS[seed.source]}</Dim>
      {seed.runNumber === null ? null : (
        <>
          ,{" "}
          <TextLink to="/c/$client/sync/$number" params={{ client: subdomain, number: String(seed.runNumber) }}>
            run {seed.runNumber}
          </TextLink>
        </>
      )}
    </>
  );
}

/** The counts of a seeding are over all missions it took in. */
function SeededMissions({ seed }: { seed: SeedDto }) {
  if (seed.missions === null) {
    return <>all missions</>;
  }
  const [first] = seed.missions;
  return (
    <>{seed.missions.length === 1 && first !== undefined ? first.name : countOf(seed.missions.length, "mission")}</>
  );
}
