import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import type { HealthDto, HealthFinding } from "../../../server/health/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { TextButton } from "../../ui/link.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { When } from "../../ui/text.tsx";
import { FindingDrawer } from "./finding-drawer.tsx";
import { FindingsTable } from "./findings-table.tsx";
import { FixDialog } from "./fix-dialog.tsx";
import { cleanText, healthSentence, isClean, troubleText } from "./health-words.ts";
import classes from "./health.module.css";
import { MuteDialog } from "./mute-dialog.tsx";
import { MutedPanel } from "./muted-panel.tsx";
import { useHealth, useHealthSearch } from "./use-health.ts";

/** Every record that the rules skip, by check: what was found, by name, since when, and where it is put right. */
export function HealthPage() {
  const { finding: chosen } = useHealthSearch();
  const { checks, check, checkNow } = useHealth();
  const all = checks.data?.checks;
  const findings = all?.filter(({ count, muted }) => count > 0 && muted === null);
  return (
    <Page
      title="Data health"
      sentence={<Sentence health={checks.data} hasFailed={checks.isError} />}
      actions={
        <Button
          leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
          loading={check.isPending}
          onClick={checkNow}
        >
          Check now
        </Button>
      }
      footer={checks.data === undefined ? undefined : <Computed at={checks.data.computedAt} />}
    >
      {check.error === null ? null : (
        <ErrorBanner error={check.error} title="The checks could not be made anew." onRetry={checkNow} />
      )}
      <Notices health={checks.data} onCheck={checkNow} />
      {findings?.length === 0 ? (
        <NothingOpen health={checks.data} />
      ) : (
        <FindingsTable
          findings={findings}
          chosen={chosen}
          error={checks.error}
          onRetry={() => void checks.refetch()}
          stale={check.isPending}
          empty={null}
        />
      )}
      <MutedPanel checks={all?.filter(({ muted }) => muted !== null) ?? []} />
      <CleanChecks checks={all?.filter((one) => isClean(one) && one.muted === null)} />
      <FindingDrawer findings={findings ?? []} all={all ?? []} />
      <OpenDialog checks={all ?? []} />
    </Page>
  );
}

/** The dialog that the address asks for; it keeps its finding while that is put right behind it. */
function OpenDialog({ checks }: { checks: readonly HealthFinding[] }) {
  const { fix, mute, fixIt, muteIt } = useHealthSearch();
  const toFix = checks.find((check) => check.code === fix && check.fix !== null);
  const toMute = checks.find(({ code }) => code === mute);
  if (toFix !== undefined) {
    return <FixDialog key={toFix.code} finding={toFix} onClose={() => fixIt(undefined)} />;
  }
  return toMute === undefined ? null : <MuteDialog finding={toMute} onClose={() => muteIt(undefined)} />;
}

/** What makes the answer less than whole: checks that came to nothing, a sync that ended since, a change made since. */
function Notices({ health, onCheck }: { health: HealthDto | undefined; onCheck: () => void }) {
  const troubled = health?.checks.filter(({ trouble }) => trouble !== null) ?? [];
  const { title, rest } = troubleText(troubled);
  return (
    <>
      {troubled.length === 0 ? null : (
        <Banner tone="held" title={title}>
          {rest}
        </Banner>
      )}
      {health === undefined || health.olderThanRun === null ? null : (
        <Banner
          tone="quiet"
          title={`Sync ${health.olderThanRun} has ended since these checks were made.`}
          actions={<TextButton onClick={onCheck}>Check now</TextButton>}
        />
      )}
      {health === undefined || health.olderThanRun !== null || health.olderThanChange === null ? null : (
        <Banner
          tone="quiet"
          title={`${health.olderThanChange.byName} changed something after these checks were made,`}
          actions={<TextButton onClick={onCheck}>Check now</TextButton>}
        >
          <When at={health.olderThanChange.at} />.
        </Banner>
      )}
    </>
  );
}

function Sentence({ health, hasFailed }: { health: HealthDto | undefined; hasFailed: boolean }) {
  if (health === undefined) {
    return hasFailed ? <>The checks could not be read.</> : <SkeletonText width="min(420px, 100%)" />;
  }
  const { bold, rest } = healthSentence(health.checks);
  return (
    <>
      <b>{bold}</b>
      {rest}
    </>
  );
}

function NothingOpen({ health }: { health: HealthDto | undefined }) {
  if (health === undefined) {
    return null;
  }
  const clean = health.checks.filter(isClean).length;
  const isWhole = clean === health.checks.length;
  return (
    <Banner tone={isWhole ? "done" : "quiet"} title="No findings.">
      {isWhole
        ? `All ${formatCount(clean)} checks are`
        : `${formatCount(clean)} of ${countOf(health.checks.length, "check")} are`}{" "}
      clean as of <When at={health.computedAt} as="time" />.
    </Banner>
  );
}

function CleanChecks({ checks }: { checks: readonly HealthFinding[] | undefined }) {
  if (checks === undefined || checks.length === 0) {
    return null;
  }
  return (
    <Panel title="Clean" note={countOf(checks.length, "check")}>
      <ul className={classes.clean}>
        {checks.map((check) => (
          <li key={check.code}>
            <StatusIcon status="done" />
            {cleanText(check)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Computed({ at }: { at: Date }) {
  return (
    <span className={classes.exact}>
      <StatusIcon status="done" />
      <span>
        exact, computed <When at={at} />
      </span>
    </span>
  );
}
