import type { SeedDto } from "../../server/seeding/schema.ts";

/** How a seeding came about. */
export const SEED_SOURCES: Record<SeedDto["source"], string> = {
  console: "by hand",
  activation: "with the activation",
  sync: "by the sync",
  cli: "on the command line",
  sql: "in SQL",
};
