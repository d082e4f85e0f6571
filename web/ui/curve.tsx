import { useState } from "react";
import type { PointerEvent } from "react";
import { daysBetween } from "../lib/dates.ts";
import { formatCount } from "../lib/numbers.ts";
import classes from "./curve.module.css";

/** A day on which the number rose, and what it came to. */
export interface CurveStep {
  /** 'YYYY-MM-DD' */
  day: string;
  total: number;
  /** The day in words, for those who point at it: "11 Oct: 3 that day, 106 so far". */
  words: string;
}

interface Props {
  /** In time order, at least one. */
  steps: readonly CurveStep[];
  /** The first and the last day of the picture, as they are and in words. */
  from: { day: string; text: string };
  to: { day: string; text: string };
  /** Names the chart for readers; its numbers stand in a table near by. */
  label: string;
  height?: number | undefined;
}

/** How a number came together over time, as steps. Pointing at a day says it in words. */
export function CumulativeCurve({ steps, from, to, label, height = 200 }: Props) {
  const [pointed, setPointed] = useState<CurveStep | null>(null);
  const total = steps.at(-1)?.total ?? 0;
  const places = curvePlaces(steps, from.day, to.day);
  const place = pointed === null ? undefined : places[steps.indexOf(pointed)];
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - left) / width) * 100;
    setPointed(steps.findLast((_, index) => (places[index]?.x ?? 0) <= at) ?? null);
  };
  return (
    <div>
      <div className={classes.words} aria-hidden>
        {pointed === null ? `${formatCount(total)} in all` : pointed.words}
      </div>
      <div
        role="img"
        aria-label={`${label}: ${from.text} to ${to.text}, ${formatCount(total)} in all`}
        className={classes.plot}
        style={{ height }}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" className={classes.picture} aria-hidden>
          <path d={`${curvePath(places)} V 100 H 0 Z`} className={classes.area} />
          <path d={curvePath(places)} className={classes.line} />
        </svg>
        {place === undefined ? null : <span className={classes.guide} style={{ left: `${place.x}%` }} />}
        <span className={classes.dot} style={{ left: `${place?.x ?? 100}%`, top: `${place?.y ?? 0}%` }} />
      </div>
      <div className={classes.ends} aria-hidden>
        <span>{from.text}</span>
        <span>{to.text}</span>
      </div>
    </div>
  );
}

/** Where each step stands in a picture of 100 by 100: nothing lies on the ground, the whole at the top. */
export function curvePlaces(steps: readonly CurveStep[], from: string, to: string): { x: number; y: number }[] {
  const days = Math.max(1, daysBetween(from, to));
  const most = Math.max(1, steps.at(-1)?.total ?? 0);
  return steps.map(({ day, total }) => ({
    x: rounded((daysBetween(from, day) / days) * 100),
    y: rounded(100 - (total / most) * 100),
  }));
}

/** From the ground up, level between the days, to the right edge. */
export function curvePath(places: readonly { x: number; y: number }[]): string {
  return `M 0 100 ${places.map(({ x, y }) => `H ${x} V ${y}`).join(" ")} H 100`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
