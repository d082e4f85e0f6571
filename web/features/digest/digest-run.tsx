import type { DigestKind, DigestRun } from "../../../server/digest/schema.ts";
import { digestKinds } from "../../../server/digest/schema.ts";
import type { NamedChange } from "../../../server/sync/changes/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { Row } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RunLink, RunStatusChip } from "../../ui/run-status.tsx";
import { Arrow, Dim, When } from "../../ui/text.tsx";
import { KIND_WORDS, totalOf } from "./digest-words.ts";
import classes from "./digest.module.css";

/** One run of the day: how it ended, and whom it changed. */
export function DigestRunPanel({ run }: { run: DigestRun }) {
  const kinds = digestKinds.filter((kind) => totalOf(run, kind) > 0);
  return (
    <Panel
      title={
        <Row gap={8}>
          <RunLink number={run.number}>Run {run.number}</RunLink>
          <RunStatusChip status={run.status} />
        </Row>
      }
      aside={<When at={run.endedAt} />}
    >
      <div className={classes.run}>
        {run.error === null ? null : (
          <Banner
            tone="failed"
            title={run.error.message}
            actions={<RunLink number={run.number}>Open the run</RunLink>}
          />
        )}
        {kinds.length === 0 && run.totals.seeded === 0 && run.error === null ? <Dim>It changed nobody.</Dim> : null}
        {kinds.map((kind) => (
          <Kind key={kind} run={run} kind={kind} />
        ))}
        <Seeded run={run} />
      </div>
    </Panel>
  );
}

function Kind({ run, kind }: { run: DigestRun; kind: DigestKind }) {
  const total = totalOf(run, kind);
  const names = run.named[kind];
  const rest = total - names.length;
  return (
    <section className={classes.kind}>
      <h3 className={classes.head}>
        {KIND_WORDS[kind]} <b>{formatCount(total)}</b>
      </h3>
      <ul className={classes.names}>
        {names.map((change) => (
          <li key={`${change.handle} ${change.missionId} ${change.tierAfter}`}>
            <Name kind={kind} change={change} />
          </li>
        ))}
        {rest > 0 ? (
          <li>
            <RunLink number={run.number}>{formatCount(rest)} more</RunLink>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function Name({ kind, change }: { kind: DigestKind; change: NamedChange }) {
  const client = useClient();
  const { userId, handle, missionName, tierBefore, tierAfter, rewardName } = change;
  const what = kind === "completed" ? missionName : kind === "redemption" ? rewardName : null;
  return (
    <>
      {userId === null ? (
        `@${handle}`
      ) : (
        <TextLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId }}>
          @{handle}
        </TextLink>
      )}{" "}
      {tierBefore !== null && tierAfter !== null ? (
        <Dim>
          {tierBefore} <Arrow size={14} /> {tierAfter}
        </Dim>
      ) : null}
      {what === null ? null : <Dim>{what}</Dim>}
    </>
  );
}

function Seeded({ run: { totals, seeded } }: { run: DigestRun }) {
  const client = useClient();
  if (totals.seeded === 0) {
    return null;
  }
  return (
    <section className={classes.kind}>
      <h3 className={classes.head}>
        Seeded <b>{formatCount(totals.seeded)}</b>
      </h3>
      <ul className={classes.names}>
        {seeded.map(({ missionId, missionName, count }) => (
          <li key={missionId}>
            <TextLink to="/c/$client/missions/$missionId" params={{ client: client.subdomain, missionId }}>
              {missionName}
            </TextLink>{" "}
            <Dim>{countOf(count, "row")}</Dim>
          </li>
        ))}
      </ul>
    </section>
  );
}
