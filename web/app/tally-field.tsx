import classes from "./sign-in-page.module.css";

const COLUMNS = 43;
const CELL = 11;
const SQUARE = 7;
const PARTS = [
  { count: 212, className: classes.create },
  { count: 63, className: classes.seeded },
  { count: 995, className: classes.rest },
  { count: 14, className: classes.unknown },
];

/** Every creator of a programme as one square, counted once: an example, drawn with one path for each bucket. */
export function TallyField() {
  const starts = PARTS.map((_, index) => PARTS.slice(0, index).reduce((sum, part) => sum + part.count, 0));
  const rows = Math.ceil(PARTS.reduce((sum, part) => sum + part.count, 0) / COLUMNS);
  return (
    <figure className={classes.figure}>
      <svg viewBox={`0 0 ${COLUMNS * CELL - 4} ${rows * CELL - 4}`} aria-hidden className={classes.field}>
        {PARTS.map((part, index) => (
          <path key={part.count} d={squares(starts[index] ?? 0, part.count)} className={part.className} />
        ))}
      </svg>
      <figcaption>
        <b>Every creator, counted once.</b>
        <span className={classes.small}>212 + 63 + 995 + 14 = 1,284</span>
      </figcaption>
    </figure>
  );
}

function squares(start: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const at = start + index;
    return `M${(at % COLUMNS) * CELL} ${Math.floor(at / COLUMNS) * CELL}h${SQUARE}v${SQUARE}h-${SQUARE}z`;
  }).join("");
}
