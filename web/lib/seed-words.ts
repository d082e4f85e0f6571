import type { SeedDto } from "../../server/seeding/schema.ts";

/** How a seeding came about. */
export const SEED_SOURCES: Record<SeedDto["source"], string> = {
  console: "by hand",
  activation: "with the activation",
  sync: "by the sync",
  cli: "on the command line",
  sql: "in SQL",
};

/**
 * A seeding is named by its missions, which may be many: of a name above `most` characters the beginning, "First Five, Silver
 * Starter, …". How many missions that leaves out is not said: a comma stands between two missions, or within "Push, win, repeat".
 */
export function shortSeedName(name: string, most: number): string {
  const end = Math.max(name.lastIndexOf(", ", most), name.indexOf(", "));
  return name.length <= most || end < 0 ? name : `${name.slice(0, end)}, …`;
}
