import type { MissionDto } from "../../../server/missions/schema.ts";
import type { BacktestDto } from "../../../server/seeding/backtest/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatCount, formatMoney, formatMoneyShort, formatPercent } from "../../lib/numbers.ts";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Dim } from "../../ui/text.tsx";
import { windowsText } from "./backtest-words.ts";

interface Props {
  mission: MissionDto;
  backtest: BacktestDto;
  /** The same with the saved terms, where others are tried. */
  saved: BacktestDto | undefined;
}

/** What stands behind the sentence: who was considered, over which windows, how fast and for how much. */
export function BacktestFacts({ mission, backtest, saved }: Props) {
  const client = useClient();
  const { considered, withVideos, completed, share } = backtest;
  const windows = windowsText(backtest, client.checkpointMonths);
  const facts: Fact[] = [
    {
      term: "Considered",
      value: (
        <>
          <b>{formatCount(considered)}</b>{" "}
          <Dim>who qualify, seeded or not; {formatCount(withVideos)} posted in their window</Dim>
        </>
      ),
    },
    ...(windows === null ? [] : [{ term: "Windows", value: <Dim>{windows}</Dim> }]),
    {
      term: "Completed",
      value: (
        <>
          <b>{formatCount(completed)}</b> <Dim>{formatPercent(share)} of them</Dim>
        </>
      ),
    },
    { term: "Half of them", value: <Pace backtest={backtest} /> },
    { term: "Cost", value: <Cost mission={mission} backtest={backtest} /> },
  ];
  const other: Fact[] =
    saved === undefined
      ? []
      : [
          {
            term: "As saved",
            value: (
              <>
                <b>{formatCount(saved.completed)}</b>{" "}
                <Dim>
                  of {formatCount(saved.considered)}, {formatPercent(saved.share)}
                </Dim>
              </>
            ),
          },
        ];
  return (
    <Panel title="In numbers">
      <Facts facts={[...facts, ...other]} />
    </Panel>
  );
}

function Pace({ backtest: { medianDays, withoutStart } }: { backtest: BacktestDto }) {
  const left = withoutStart === 0 ? "" : `; ${formatCount(withoutStart)} whose window has no start left out`;
  return medianDays === null ? (
    <Dim>not known{left}</Dim>
  ) : (
    <>
      <b>within {countOf(medianDays, "day")}</b> <Dim>of the start of their window{left}</Dim>
    </>
  );
}

function Cost({ mission, backtest: { completed, cost } }: { mission: MissionDto; backtest: BacktestDto }) {
  if (mission.reward === null) {
    return <Dim>no reward is set yet</Dim>;
  }
  if (cost === null) {
    return <Dim>{mission.reward.name} has no fixed value in money</Dim>;
  }
  return (
    <>
      <b>{formatMoney(cost.amount, cost.currency)}</b>{" "}
      <Dim>
        {formatCount(completed)} × {formatMoneyShort(cost.each, cost.currency)}
      </Dim>
    </>
  );
}
