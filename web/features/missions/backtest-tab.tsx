import type { MissionDto } from "../../../server/missions/schema.ts";
import type { BacktestDto } from "../../../server/seeding/backtest/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { Columns, Stack } from "../../ui/page.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { BacktestControls } from "./backtest-controls.tsx";
import { BacktestCurve } from "./backtest-curve.tsx";
import { BacktestDays } from "./backtest-days.tsx";
import { backtestHole, BacktestEmpty, NoBacktest } from "./backtest-empty.tsx";
import { BacktestFacts } from "./backtest-facts.tsx";
import { outcomeText, restOfOutcome, termsText } from "./backtest-words.ts";
import classes from "./backtest.module.css";
import { useBacktest } from "./use-backtest.ts";

/** Had the mission run in windows that were: the sentence, the curve, and the numbers behind it. */
export function BacktestTab({ mission }: { mission: MissionDto }) {
  return mission.missionType === "raffle" ? (
    <Panel flush>
      <NoBacktest />
    </Panel>
  ) : (
    <Backtest mission={mission} />
  );
}

function Backtest({ mission }: { mission: MissionDto }) {
  const { result, saved } = useBacktest(mission);
  const backtest = result.data?.kind === "computed" ? result.data : undefined;
  const hole = backtest === undefined ? null : backtestHole(backtest);
  const isNobody = hole === "nobody_eligible" || hole === "no_windows";
  return (
    <>
      {result.isError || isNobody ? null : (
        <Stack gap={4}>
          <p className={classes.sentence} aria-live="polite" aria-busy={result.isFetching}>
            {backtest === undefined ? (
              <SkeletonText width="min(560px, 100%)" />
            ) : (
              <Sentence mission={mission} backtest={backtest} />
            )}
          </p>
          <p className={classes.small}>
            An approximation: computed from the videos' figures as we hold them today, counted on the day each was
            posted.
          </p>
        </Stack>
      )}
      <BacktestControls mission={mission} />
      {result.isError && backtest === undefined ? (
        <ErrorBanner error={result.error} title="It could not be counted." onRetry={() => void result.refetch()} />
      ) : null}
      {backtest === undefined && !result.isError ? <SkeletonBlock height={320} /> : null}
      {backtest === undefined ? null : (
        <div className={classes.answer} data-stale={result.isPlaceholderData || undefined}>
          {hole === null ? (
            <Answer mission={mission} backtest={backtest} saved={saved} />
          ) : (
            <Panel flush>
              <BacktestEmpty mission={mission} backtest={backtest} hole={hole} />
            </Panel>
          )}
        </div>
      )}
    </>
  );
}

interface AnswerProps {
  mission: MissionDto;
  backtest: BacktestDto;
  saved: BacktestDto | undefined;
}

function Answer({ mission, backtest, saved }: AnswerProps) {
  return (
    <>
      <Columns>
        <BacktestCurve mission={mission} backtest={backtest} />
        <BacktestFacts mission={mission} backtest={backtest} saved={saved} />
      </Columns>
      <BacktestDays backtest={backtest} />
    </>
  );
}

function Sentence({ mission, backtest }: { mission: MissionDto; backtest: BacktestDto }) {
  const { currency } = useClient();
  const ladder = useLadder();
  return (
    <>
      Had <em>{mission.name}</em>
      {termsText(mission, backtest, { ladder, currency })} run over each creator's {backtest.window} window,{" "}
      <b>{outcomeText(backtest)}</b>
      {restOfOutcome(backtest)}
    </>
  );
}
