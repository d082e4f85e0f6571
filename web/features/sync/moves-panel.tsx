import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { ExportButton } from "../../ui/export-button.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { Dim } from "../../ui/text.tsx";
import { MetricText, MoveText } from "./move-text.tsx";
import { movesOf } from "./moves.ts";

interface Props {
  run: RunDto;
  status: "promoted" | "demoted";
  /** Shows so many and links to the rest; without it all are shown. */
  atMost?: number | undefined;
}

const TITLE = { promoted: "Promoted", demoted: "Demoted" } as const;

/** Who moved up, or down, in a run: by name, with both tiers and the figure that decided. */
export function MovesPanel({ run, status, atMost }: Props) {
  const client = useClient();
  const all = movesOf(run.tierMoves, status);
  const shown = all.slice(0, atMost);
  const total = run.totals[status];
  return (
    <Panel
      flush
      icon={status === "promoted" ? <IconArrowUp {...icon} /> : <IconArrowDown {...icon} />}
      title={TITLE[status]}
      note={formatCount(total)}
      aside={
        total === 0 ? undefined : (
          <ExportButton list="tier-moves" filters={{ runId: run.id, status }} count={total} noun="move" size="xs" />
        )
      }
    >
      {shown.map((move) => (
        <PanelRow
          key={`${move.userId} ${move.tierBefore} ${move.tierAfter}`}
          end={
            <>
              <MoveText before={move.tierBefore} after={move.tierAfter} />
              <MetricText value={move.metricValue} />
            </>
          }
        >
          <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: move.userId }}>
            @{move.handle}
          </RowLink>
        </PanelRow>
      ))}
      {shown.length < total ? (
        <PanelRow>
          <More run={run} rest={total - shown.length} isCut={shown.length === all.length} />
        </PanelRow>
      ) : null}
      {total === 0 ? (
        <PanelRow>
          <Dim>nobody</Dim>
        </PanelRow>
      ) : null}
    </Panel>
  );
}

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** The rest: on the Changes tab, or past the first 200 that a run names, in the export. */
function More({ run, rest, isCut }: { run: RunDto; rest: number; isCut: boolean }) {
  const client = useClient();
  if (isCut) {
    return <Dim>and {formatCount(rest)} more, who are in the export</Dim>;
  }
  return (
    <TextLink
      to="/c/$client/sync/$number"
      params={{ client: client.subdomain, number: String(run.number) }}
      search={{ tab: "changes" }}
    >
      and {formatCount(rest)} more
    </TextLink>
  );
}
