/** What the command line of the benches asks for. */
import { parseArgs } from "node:util";

/** How much data a run makes, and how patiently it measures. */
export interface Size {
  /** as it is shown: 10k, 100k, 1m, smoke */
  label: string;
  creators: number;
  /** clients that share the creators evenly; what is measured is the first */
  clients: number;
  missions: number;
  /** times that both sides of a comparison run, unless one takes over a minute at a million */
  rounds: number;
  /** calls that a p50 and p95 are taken from, at most */
  calls: number;
  /** rows of the row-by-row loop */
  ormRows: number;
  /** simulated admins */
  admins: number;
  /** the admins browse at least this long */
  browseMs: number;
}

export const MILLION = 1_000_000;

const FULL = { clients: 1, missions: 20, rounds: 3, calls: 200, ormRows: 20_000, admins: 50, browseMs: 30_000 };

/** A size such as 10k, 100k or 1m, or a plain number. Throws a sentence for anything else. */
export function sizeOf(text: string, clients = 1): Size {
  const [, digits, unit] = /^(\d{1,7})([km]?)$/i.exec(text) ?? [];
  if (digits === undefined) throw new Error(`--creators takes 10k, 100k, 1m or a number, not "${text}".`);
  const creators = Number(digits) * { "": 1, k: 1_000, m: MILLION }[unit!.toLowerCase() as "" | "k" | "m"];
  if (creators < 100 * clients) throw new Error("Fewer than 100 creators a client say nothing.");
  return { ...FULL, label: text.toLowerCase(), creators, clients };
}

/** Everything once and small: shows that the benches run, not how fast. */
export const SMOKE: Size = {
  label: "smoke",
  creators: 300,
  clients: 1,
  missions: 20,
  rounds: 1,
  calls: 1,
  ormRows: 20,
  admins: 2,
  browseMs: 200,
};

export interface Options {
  size: Size;
  json: string | null;
  /** benches whose name contains one of these; null: all */
  only: readonly string[] | null;
  write: boolean;
}

/** Reads the arguments of `npm run bench`. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      creators: { type: "string", default: "10k" },
      json: { type: "string" },
      only: { type: "string" },
      write: { type: "boolean", default: false },
    },
  });
  return {
    size: sizeOf(values.creators),
    json: values.json ?? null,
    only: values.only?.split(",") ?? null,
    write: values.write,
  };
}
