import type { ReactNode } from "react";
import { IconAlertTriangle, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../lib/client.tsx";
import { asksForDecision } from "../../lib/health-findings.ts";
import { formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { TextLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusChip } from "../../ui/status.tsx";
import { Dim } from "../../ui/text.tsx";
import { openSeeds } from "./overview-words.ts";
import classes from "./overview.module.css";
import type { useMissionCounts } from "./use-overview.ts";

const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;

/** How many findings are named; the worst come first. */
const NAMED = 3;

/** What waits for somebody: findings of data health, and rows that nobody has seeded. */
export function DecisionTile({ missions }: { missions: ReturnType<typeof useMissionCounts> }) {
  const client = useClient();
  const health = useQuery(trpc.health.checks.queryOptions({ clientId: client.id }, { staleTime: 5 * 60_000 }));
  const asking = health.data?.checks.filter(asksForDecision);
  const findings = asking?.length;
  const open = missions.counts === undefined ? undefined : openSeeds(missions.counts);
  const params = { client: client.subdomain };
  return (
    <Panel plain title="Wants a decision" aside={<Chip findings={findings} missions={open?.missions} />}>
      <ul className={classes.decisions}>
        <Line icon={<IconAlertTriangle {...icon} />} count={findings} hasFailed={health.isError}>
          {findings === 1 ? "finding" : "findings"} in{" "}
          <TextLink to="/c/$client/health" params={params}>
            data health
          </TextLink>
        </Line>
        {asking?.slice(0, NAMED).map((finding) => (
          <li key={finding.code} className={classes.finding}>
            <TextLink to="/c/$client/health" params={params} search={{ finding: finding.code }}>
              {finding.title}
            </TextLink>
            , {formatCount(finding.count)}
          </li>
        ))}
        <Line icon={<IconUserPlus {...icon} />} count={open?.rows} hasFailed={missions.error !== null}>
          {open?.rows === 1 ? "row" : "rows"} not seeded
          {open === undefined || open.missions === 0 ? null : (
            <>
              , on{" "}
              <TextLink to="/c/$client/missions" params={params}>
                {open.missions === 1 ? "1 mission" : `${formatCount(open.missions)} missions`}
              </TextLink>
            </>
          )}
          {missions.isCut ? <Dim> of the first 200</Dim> : null}
        </Line>
      </ul>
    </Panel>
  );
}

function Chip({ findings, missions }: { findings: number | undefined; missions: number | undefined }) {
  if (findings === undefined || missions === undefined) {
    return null;
  }
  const open = findings + missions;
  return open === 0 ? (
    <StatusChip status="done">Nothing open</StatusChip>
  ) : (
    <StatusChip status="stale">{formatCount(open)} open</StatusChip>
  );
}

interface LineProps {
  icon: ReactNode;
  count: number | undefined;
  hasFailed: boolean;
  children: ReactNode;
}

function Line({ icon: symbol, count, hasFailed, children }: LineProps) {
  return (
    <li className={classes.decision}>
      <span className={(count ?? 0) === 0 ? classes.quietIcon : classes.heldIcon}>{symbol}</span>
      {count === undefined ? (
        hasFailed ? (
          <Dim>could not be counted</Dim>
        ) : (
          <SkeletonText width={160} />
        )
      ) : (
        <span>
          {count === 0 ? <Dim>0</Dim> : <b>{formatCount(count)}</b>} {children}
        </span>
      )}
    </li>
  );
}
