/** What a soak's figures did over time, one panel above the other, time to the right. */
import { COLOURS, LEFT, paper, spread, WIDTH } from "../paper.ts";
import type { Course } from "./reading.ts";

export interface Panel {
  title: string;
  lines: readonly { name: string; course: readonly Course[] }[];
}

const RIGHT = 190;
const PANEL = 200;
const TOP = 34;
const GAP = 30;
const BOTTOM = 40;
const TICKS = 4;

/** The whole picture; `marks` are the seconds of the nights. */
export function soakChart(panels: readonly Panel[], marks: readonly number[]): string {
  const end = Math.max(
    1,
    ...panels.flatMap(({ lines }) => lines.flatMap(({ course }) => course.map((at) => at.second))),
  );
  const height = TOP + panels.length * (PANEL + GAP) + BOTTOM;
  const x = (second: number) => LEFT + (second / end) * (WIDTH - LEFT - RIGHT);
  const floor = height - BOTTOM - GAP;
  return paper(height, "The server over the time of the soak", [
    ...marks.map((second) => {
      const at = x(second).toFixed(1);
      return `<path d="M${at} ${TOP}V${floor}" stroke="#94a3b8" stroke-dasharray="4 4"/><text x="${at}" y="${TOP - 20}" text-anchor="middle" fill="#475569">a night</text>`;
    }),
    ...Array.from({ length: 7 }, (_, part) => {
      const minutes = ((part * end) / 360).toLocaleString("en-US", { maximumFractionDigits: 1 });
      return `<text x="${x((part * end) / 6).toFixed(1)}" y="${floor + 20}" text-anchor="middle" fill="#475569">${minutes} min</text>`;
    }),
    ...panels.flatMap((panel, index) => drawn(panel, TOP + index * (PANEL + GAP), x)),
  ]);
}

function drawn({ title, lines }: Panel, top: number, x: (second: number) => number): string[] {
  const most = roundUp(Math.max(1, ...lines.flatMap(({ course }) => course.map(({ value }) => value))));
  const y = (value: number) => top + PANEL - (value / most) * (PANEL - 20);
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => (tick * most) / TICKS);
  const ends = spread(lines.map(({ course }) => y(course.at(-1)?.value ?? 0)));
  return [
    `<text x="${LEFT}" y="${top + 10}" font-size="14" fill="#0f172a">${title}</text>`,
    ...ticks.map((value) => {
      const at = y(value).toFixed(1);
      return `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#e2e8f0"/><text x="${LEFT - 8}" y="${at}" dy="4" text-anchor="end" fill="#475569">${value.toLocaleString("en-US")}</text>`;
    }),
    ...lines.flatMap(({ name, course }, index) => {
      const colour = COLOURS[index % COLOURS.length]!;
      const points = course.map(({ second, value }) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
      return [
        `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
        `<text x="${WIDTH - RIGHT + 10}" y="${ends[index]!.toFixed(1)}" dy="4" fill="${colour}">${name}</text>`,
      ];
    }),
  ];
}

/** The next number that is 1, 2, 4 or 8 times a power of ten: its quarters are short to write. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 8, 10].find((factor) => factor * power >= value)! * power;
}
