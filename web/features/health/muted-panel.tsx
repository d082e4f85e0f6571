import type { HealthFinding } from "../../../server/health/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ErrorBanner } from "../../ui/banner.tsx";
import { RowLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { When } from "../../ui/text.tsx";
import classes from "./health.module.css";
import { useForgetAll } from "./use-health.ts";

/** The checks that nobody wants to be told of for now: who says so, why and until when. */
export function MutedPanel({ checks }: { checks: readonly HealthFinding[] }) {
  const client = useClient();
  const forgetAll = useForgetAll();
  const unmute = useMutation(trpc.health.unmute.mutationOptions({ onSuccess: forgetAll }));
  if (checks.length === 0) {
    return null;
  }
  return (
    <Panel title="Muted" note={countOf(checks.length, "check")}>
      {unmute.error === null ? null : <ErrorBanner error={unmute.error} />}
      <ul className={classes.muted}>
        {checks.map((check) => (
          <li key={check.code}>
            <span className={classes.mutedWords}>
              <span>
                <RowLink
                  to="/c/$client/health"
                  params={{ client: client.subdomain }}
                  search={{ finding: check.code }}
                  resetScroll={false}
                  className={classes.title}
                >
                  {check.title}
                </RowLink>
                , {check.count === 0 ? "clean now" : countOf(check.count, "record")}
              </span>
              <span className={classes.mutedWhy}>
                “{check.muted?.reason}” by {check.muted?.byName}, until <When at={check.muted?.until} as="day" />
              </span>
            </span>
            <ActionButton
              size="xs"
              aria-label={`Unmute ${check.title}`}
              reason={client.reasonFor("health:mute")}
              loading={unmute.isPending && unmute.variables.code === check.code}
              onClick={() => unmute.mutate({ clientId: client.id, code: check.code })}
            >
              Unmute
            </ActionButton>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
