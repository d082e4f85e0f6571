import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { HealthDto, HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Page } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusIcon } from "../../ui/status.tsx";
import { When } from "../../ui/text.tsx";
import { FindingDrawer } from "./finding-drawer.tsx";
import { FindingsTable } from "./findings-table.tsx";
import { cleanText, healthSentence } from "./health-words.ts";
import classes from "./health.module.css";

const route = getRouteApi("/c/$client/health");

/** Every record that the rules skip, by check: what was found, by name, and where it is put right. */
export function HealthPage() {
  const client = useClient();
  const { finding: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const checks = useQuery(trpc.health.checks.queryOptions({ clientId: client.id }, { staleTime: 60_000 }));
  const findings = checks.data?.checks.filter((check) => check.count > 0);
  const recompute = () => void checks.refetch();
  return (
    <Page
      title="Data health"
      sentence={<Sentence health={checks.data} hasFailed={checks.isError} />}
      actions={
        <Button
          leftSection={<IconRefresh size={16} stroke={1.75} aria-hidden />}
          loading={checks.isFetching && !checks.isPending}
          onClick={recompute}
        >
          Check now
        </Button>
      }
      footer={checks.data === undefined ? undefined : <Computed at={checks.data.computedAt} />}
    >
      {checks.isError && checks.data !== undefined ? (
        <ErrorBanner error={checks.error} title="The checks could not be made anew." onRetry={recompute} />
      ) : null}
      {findings?.length === 0 ? (
        <AllClean health={checks.data} />
      ) : (
        <FindingsTable
          findings={findings}
          chosen={chosen}
          error={checks.error}
          onRetry={recompute}
          stale={checks.isFetching && !checks.isPending}
          empty={null}
        />
      )}
      <CleanChecks checks={checks.data?.checks.filter((check) => check.count === 0)} />
      <FindingDrawer
        findings={findings ?? []}
        chosen={chosen}
        onOpen={(finding) => void navigate({ search: { finding }, replace: true, resetScroll: false })}
      />
    </Page>
  );
}

function Sentence({ health, hasFailed }: { health: HealthDto | undefined; hasFailed: boolean }) {
  if (health === undefined) {
    return hasFailed ? <>The checks could not be made.</> : <SkeletonText width="min(420px, 100%)" />;
  }
  const { bold, rest } = healthSentence(health.checks);
  return (
    <>
      <b>{bold}</b>
      {rest}
    </>
  );
}

function AllClean({ health }: { health: HealthDto | undefined }) {
  return health === undefined ? null : (
    <Banner tone="done" title="No findings.">
      All {formatCount(health.checks.length)} checks are clean as of <When at={health.computedAt} as="time" />.
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
        exact, computed <When at={at} as="seconds" />
      </span>
    </span>
  );
}
