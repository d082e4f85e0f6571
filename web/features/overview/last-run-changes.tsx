import { IconArrowDown, IconArrowUp, IconListNumbers } from "@tabler/icons-react";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { Tiles } from "../../ui/page.tsx";
import { Panel, PanelRow } from "../../ui/panel.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Arrow, Count, Dim } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import classes from "./overview.module.css";

const SHOWN = 4;
const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** What the last run did: who moved between tiers by name, the rest as numbers. */
export function LastRunChanges({ detail, error }: { detail: RunDto | undefined; error: unknown }) {
  if (detail === undefined) {
    return error === null ? (
      <SkeletonBlock height={221} />
    ) : (
      <ErrorBanner error={error} title="The last run could not be read." />
    );
  }
  return (
    <Tiles min={280}>
      <Moves run={detail} status="promoted" />
      <Moves run={detail} status="demoted" />
      <Numbers run={detail} />
    </Tiles>
  );
}

function Moves({ run, status }: { run: RunDto; status: "promoted" | "demoted" }) {
  const client = useClient();
  const moves = run.tierMoves.filter((move) => move.status === status).slice(0, SHOWN);
  const total = run.totals[status];
  const link = {
    to: "/c/$client/sync/$number",
    params: { client: client.subdomain, number: String(run.number) },
    search: { tab: "changes" },
  } as const;
  return (
    <Panel
      flush
      icon={status === "promoted" ? <IconArrowUp {...icon} /> : <IconArrowDown {...icon} />}
      title={status === "promoted" ? "Promoted" : "Demoted"}
      note={formatCount(total)}
      aside={
        total === 0 ? undefined : (
          <TextLink {...link} aria-label={`All ${status}`}>
            all
          </TextLink>
        )
      }
    >
      {moves.map((move) => (
        <PanelRow
          key={`${move.userId} ${move.tierBefore}`}
          end={
            <span className={classes.move}>
              <TierName id={move.tierBefore} />
              <Arrow />
              <TierName id={move.tierAfter} />
            </span>
          }
        >
          <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: move.userId }}>
            @{move.handle}
          </RowLink>
        </PanelRow>
      ))}
      {total > moves.length ? (
        <PanelRow>
          <Dim>and {formatCount(total - moves.length)} more</Dim>
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

function Numbers({ run }: { run: RunDto }) {
  const { totals } = run;
  const figures = [
    ["Rows seeded", totals.seeded],
    ["Rows completed", totals.completed],
    ["Redemptions made", totals.redemptions],
    ["Sleeping rows woken", totals.woken],
    ["New creators", totals.creatorsCreated],
  ] as const;
  return (
    <Panel flush icon={<IconListNumbers {...icon} />} title="In numbers" note={`run ${run.number}`}>
      {figures.map(([label, value]) => (
        <PanelRow key={label} end={<Count value={value} />}>
          {label}
        </PanelRow>
      ))}
    </Panel>
  );
}
