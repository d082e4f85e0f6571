import classes from "./logo.module.css";

/** The tally mark: four strokes and a fifth across, the fifth in the accent. Decorative unless `title` names it. */
export function Logo({ size = 20, title }: { size?: number | undefined; title?: string | undefined }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth={2}
      strokeLinecap="round"
      role={title === undefined ? undefined : "img"}
      aria-label={title}
      aria-hidden={title === undefined ? true : undefined}
    >
      <path className={classes.tally} d="M4 4v12M8 4v12M12 4v12M16 4v12" />
      <path className={classes.fifth} d="M1.5 14 18.5 6" />
    </svg>
  );
}
