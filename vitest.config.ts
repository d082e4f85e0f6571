import { cpus } from "node:os";
import { defineConfig } from "vitest/config";

// Its own file: with only vite.config.ts vitest would take that one's root, web/.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    maxWorkers: Math.max(2, Math.min(4, cpus().length)),
    projects: [
      {
        test: {
          name: "pure",
          include: ["server/**/rules.test.ts", "server/**/*.rules.test.ts"],
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
          include: ["server/**/*.test.ts"],
          exclude: ["server/**/rules.test.ts", "server/**/*.rules.test.ts"],
          environment: "node",
          globalSetup: ["server/testing/global-setup.ts"],
          pool: "forks",
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
