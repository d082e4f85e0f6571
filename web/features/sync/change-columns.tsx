import type { ChangeKind, KeptKind, NamedChange } from "../../../server/sync/changes/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { measureText } from "../../lib/mission-words.ts";
import { formatDecimal } from "../../lib/numbers.ts";
import { RowLink, TextLink } from "../../ui/link.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, Money, Unknown } from "../../ui/text.tsx";
import { MetricText, MoveText } from "./move-text.tsx";

type Of = Column<NamedChange>;
type Kind = ChangeKind | KeptKind;

/** The columns of one kind of change: who, and what becomes of them. */
export function changeColumns(kind: Kind, subdomain: string): Of[] {
  const mission = missionColumn(subdomain);
  const more: Record<Kind, Of[]> = {
    created: [],
    promoted: [move, metric],
    demoted: [move, metric],
    maintained: [move, metric],
    seeded: [mission],
    woken: [mission],
    completed: [mission, value],
    redemption: [mission, reward, worth],
  };
  return [creatorColumn(subdomain, kind), ...more[kind]];
}

/** A creator whom a rehearsal or a held step made up, and took back, has no page to lead to. */
function creatorColumn(subdomain: string, kind: Kind): Of {
  return {
    id: "creator",
    header: "Creator",
    skeleton: 120,
    cell: ({ userId, handle }) =>
      userId === null ? (
        <>
          @{handle} {kind === "created" ? null : <Dim>would be new</Dim>}
        </>
      ) : (
        <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId }}>
          @{handle}
        </RowLink>
      ),
  };
}

function missionColumn(subdomain: string): Of {
  return {
    id: "mission",
    header: "Mission",
    skeleton: 140,
    cell: ({ missionId, missionName }) =>
      missionId === null ? (
        <Unknown />
      ) : (
        <TextLink to="/c/$client/missions/$missionId" params={{ client: subdomain, missionId }} search={{}}>
          {missionName}
        </TextLink>
      ),
  };
}

const move: Of = {
  id: "move",
  header: "Tier",
  skeleton: 140,
  cell: ({ tierBefore, tierAfter }) => <MoveText before={tierBefore ?? ""} after={tierAfter ?? ""} />,
};

const metric: Of = {
  id: "metric",
  header: "Judged by",
  align: "right",
  cell: (row) => <MetricText value={row.value ?? "0"} />,
};

const value: Of = {
  id: "value",
  header: "Value",
  align: "right",
  cell: (row) => <Measured {...row} />,
};

/** Of missions of several types: each value names what it counts. */
function Measured({ value: counted, missionType = null }: NamedChange) {
  const { currency } = useClient();
  if (counted === null) {
    return <Unknown />;
  }
  return <>{missionType === null ? formatDecimal(counted) : measureText(missionType, counted, currency)}</>;
}

const reward: Of = { id: "reward", header: "Reward", skeleton: 140, cell: (row) => row.rewardName };

const worth: Of = {
  id: "worth",
  header: "Worth",
  align: "right",
  cell: (row) => (row.value === null ? <Dim>no money value</Dim> : <Money amount={row.value} />),
};
