/** Lines on double logarithmic paper. */
import { COLOURS, LEFT, paper, spread, WIDTH } from "../paper.ts";
import type { Point } from "./fit.ts";

export interface Line {
  name: string;
  points: readonly Point[];
}

const HEIGHT = 560;
const RIGHT = 250;
const TOP = 30;
const BOTTOM = 50;

/** The whole picture: creators to the right, time upwards. */
export function chart(title: string, lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points);
  const x = scale(powersAround(all.map(({ creators }) => creators)), LEFT, WIDTH - RIGHT);
  const y = scale(powersAround(all.map(({ seconds }) => seconds)), HEIGHT - BOTTOM, TOP);
  const labels = withinHeight(lines.map(({ points }) => y.at(points.at(-1)!.seconds)));
  return paper(HEIGHT, title, [
    `<text x="${LEFT}" y="18" font-size="14" fill="#0f172a">${title}</text>`,
    ...x.ticks.map((power) => tickOf("x", x.at(10 ** power), creatorsText(10 ** power))),
    ...y.ticks.map((power) => tickOf("y", y.at(10 ** power), secondsText(10 ** power))),
    ...lines.flatMap((line, index) =>
      drawn(line, COLOURS[index % COLOURS.length]!, { x: x.at, y: y.at, label: labels[index]! }),
    ),
  ]);
}

interface Scale {
  ticks: number[];
  at: (value: number) => number;
}

function powersAround(values: readonly number[]): number[] {
  const from = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function scale(ticks: number[], start: number, end: number): Scale {
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  return { ticks, at: (value) => start + ((Math.log10(value) - from) / (to - from)) * (end - start) };
}

function tickOf(axis: "x" | "y", place: number, text: string): string {
  const at = place.toFixed(1);
  return axis === "x"
    ? `<path d="M${at} ${TOP}V${HEIGHT - BOTTOM}" stroke="#e2e8f0"/><text x="${at}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#475569">${text}</text>`
    : `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#e2e8f0"/><text x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end" fill="#475569">${text}</text>`;
}

function drawn(
  { name, points }: Line,
  colour: string,
  place: { x: (value: number) => number; y: (value: number) => number; label: number },
): string[] {
  const spots = points.map(
    ({ creators, seconds }) => [place.x(creators).toFixed(1), place.y(seconds).toFixed(1)] as const,
  );
  const [endX, endY] = spots.at(-1)!;
  return [
    `<polyline points="${spots.map((spot) => spot.join(",")).join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...spots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`),
    `<path d="M${endX} ${endY}L${WIDTH - RIGHT + 12} ${place.label.toFixed(1)}" stroke="${colour}" stroke-width="0.5"/>`,
    `<text x="${WIDTH - RIGHT + 16}" y="${place.label.toFixed(1)}" dy="4" fill="${colour}">${name}</text>`,
  ];
}

/** The places of names, which move up together where the lowest would be below the lines. */
function withinHeight(places: readonly number[]): number[] {
  const moved = spread(places, TOP);
  const over = Math.max(0, Math.max(...moved) - (HEIGHT - BOTTOM));
  return moved.map((place) => place - over);
}

function creatorsText(creators: number): string {
  return `${creators.toLocaleString("en-US")} creators`;
}

function secondsText(seconds: number): string {
  if (seconds >= 1) return `${seconds.toLocaleString("en-US")} s`;
  return seconds >= 1e-3 ? `${Math.round(seconds * 1e3)} ms` : `${Math.round(seconds * 1e6)} us`;
}
