import { TierName } from "../../ui/tier-name.tsx";
import classes from "./creators.module.css";

/** The tier beside the title. */
export function TierChip({ tierId }: { tierId: string }) {
  return (
    <span className={classes.chip}>
      <TierName id={tierId} />
    </span>
  );
}
