import type { MissionDto } from "../../../server/missions/schema.ts";
import type { BacktestDto } from "../../../server/seeding/backtest/schema.ts";
import { formatDay } from "../../lib/dates.ts";
import { formatCount, formatPercent } from "../../lib/numbers.ts";
import { CumulativeCurve } from "../../ui/curve.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import { cumulative } from "./backtest-words.ts";

/** How the completions would have come together, up to today or, in windows that are over, to the last of them. */
export function BacktestCurve({ mission, backtest }: { mission: MissionDto; backtest: BacktestDto }) {
  const { today, window, share } = backtest;
  const days = cumulative(backtest.perDay);
  const [first, last] = [days[0], days.at(-1)];
  const ends = (day: string) => ({ day, text: formatDay(day, today) });
  return (
    <Panel
      title="Completed so far, by day"
      aside={first === undefined ? undefined : `${formatPercent(share)} in the end`}
    >
      {first === undefined || last === undefined ? (
        <EmptyState title={`Nobody would have completed ${mission.name}`}>
          No creator's videos reach the target inside the window. A lower target can be tried above.
        </EmptyState>
      ) : (
        <CumulativeCurve
          label="Completed so far"
          from={ends(first.day)}
          to={window === "present" ? { day: today, text: "today" } : ends(last.day)}
          steps={days.map(({ day, completed, total }) => ({
            day,
            total,
            words: `${formatDay(day, today)}: ${formatCount(completed)} that day, ${formatCount(total)} so far`,
          }))}
        />
      )}
    </Panel>
  );
}
