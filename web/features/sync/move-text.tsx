import { useClient } from "../../lib/client.tsx";
import { formatDecimal } from "../../lib/numbers.ts";
import { Arrow, Money } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import classes from "./sync.module.css";

/** From one tier to another. */
export function MoveText({ before, after }: { before: string; after: string }) {
  return (
    <span className={classes.move}>
      <TierName id={before} />
      <Arrow />
      <TierName id={after} />
    </span>
  );
}

/** The figure a tier was judged by: sales as money, else units. */
export function MetricText({ value }: { value: string }) {
  const { vipMetric } = useClient();
  return (
    <span className={classes.metric}>
      {vipMetric === "sales" ? <Money amount={value} /> : `${formatDecimal(value)} units`}
    </span>
  );
}
