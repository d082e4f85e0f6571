import { cx } from "./cx.ts";
import classes from "./skeleton.module.css";

/** A bar at the width of what will stand there (px or any CSS width), in a line of the text's own height. */
export function SkeletonText({
  width = 64,
  large = false,
}: {
  width?: number | string | undefined;
  large?: boolean | undefined;
}) {
  return (
    <span aria-hidden data-skeleton className={cx(classes.line, large && classes.large)}>
      <span className={classes.bar} style={{ width }} />
    </span>
  );
}

/** A block of a known height, for charts and panels. */
export function SkeletonBlock({ height }: { height: number }) {
  return <div aria-hidden data-skeleton className={classes.block} style={{ height }} />;
}
