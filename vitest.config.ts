import { cpus } from "node:os";
import { defineConfig } from "vitest/config";

/** Tests that need no database, so that `npm run check` answers in seconds. */
const withoutDatabase = [
  "server/**/rules.test.ts",
  "server/**/*.rules.test.ts",
  "server/boundaries.test.ts",
  "bench/**/*.rules.test.ts",
];

// Its own file: with only vite.config.ts vitest would take that one's root, web/.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    maxWorkers: Math.max(2, Math.min(4, cpus().length)),
    projects: [
      {
        test: {
          name: "pure",
          include: withoutDatabase,
          environment: "node",
          pool: "threads",
        },
      },
      {
        test: {
          name: "web",
          include: ["web/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
          pool: "threads",
        },
      },
      {
        test: {
          name: "database",
          include: ["server/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: withoutDatabase,
          environment: "node",
          globalSetup: ["server/testing/global-setup.ts"],
          setupFiles: ["server/testing/cluster-lint/recorder.ts"],
          pool: "forks",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
