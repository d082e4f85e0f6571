/** What the growth run found, as tables for the README. */
import type { Result } from "../result.ts";
import { result } from "../result.ts";
import { growingFigures } from "./figures.ts";
import { exponentOf, type Point } from "./fit.ts";

/** One ground and what was measured on it. */
export interface Measured {
  creators: number;
  clients: number;
  results: readonly Result[];
}

/** The points of a figure, over grounds that one client has for itself. */
export function pointsOf(name: string, measured: readonly Measured[]): Point[] {
  const figure = growingFigures.find((candidate) => candidate.name === name)!;
  return measured
    .filter(({ clients }) => clients === 1)
    .flatMap(({ creators, results }) => {
      const seconds = figure.of(results);
      return seconds === null || seconds <= 0 ? [] : [{ creators, seconds }];
    });
}

/** The exponents, each against the most it may be. */
export function exponents(measured: readonly Measured[]): Result[] {
  return growingFigures.flatMap(({ name, most }) => {
    const k = exponentOf(pointsOf(name, measured));
    return k === null ? [] : [result(`growth.${name}`, k, "k", most)];
  });
}

export function growthTable(measured: readonly Measured[]): string {
  const alone = measured.filter(({ clients }) => clients === 1);
  const rows = growingFigures.map(({ name, of, most, why }) => {
    const k = exponentOf(pointsOf(name, measured));
    const times = alone.map(({ results }) => text(of(results)));
    return `| ${[name, ...times, k === null ? "" : k.toFixed(2), String(most), why].join(" | ")} |`;
  });
  const sizes = alone.map(({ creators }) => creators.toLocaleString("en-US"));
  return [
    `| figure | ${sizes.join(" | ")} | k | most | grows |`,
    `|---|${sizes.map(() => "---:").join("|")}|---:|---:|---|`,
    ...rows,
  ].join("\n");
}

/** The measured client beside others, against a client of its size that is alone. */
export function clientsTable(measured: readonly Measured[]): string {
  const shared = measured.filter(({ clients }) => clients > 1);
  const rows = growingFigures.map(({ name, of }) => {
    const cells = shared.map(({ creators, clients, results }) => {
      const alone = measured.find((other) => other.clients === 1 && other.creators === creators / clients);
      const [with_, without] = [of(results), alone === undefined ? null : of(alone.results)];
      return with_ === null || without === null ? "" : `${text(with_)}, ${(with_ / without).toFixed(2)} x`;
    });
    return `| ${[name, ...cells].join(" | ")} |`;
  });
  const heads = shared.map(
    ({ creators, clients }) => `one of ${clients} clients of ${(creators / clients).toLocaleString("en-US")}`,
  );
  return [`| figure | ${heads.join(" | ")} |`, `|---|${heads.map(() => "---:").join("|")}|`, ...rows].join("\n");
}

function text(seconds: number | null): string {
  if (seconds === null) return "";
  return seconds >= 1 ? `${seconds.toFixed(2)} s` : `${(seconds * 1000).toPrecision(3)} ms`;
}
