import { join } from "node:path";
import { firstLoad } from "../bench/benches/console.ts";
import { PROJECT_ROOT } from "../server/env.ts";
import { expect, test } from "./fixtures.ts";

const LIMIT_KB = 250;

test("a first visit loads less script than the bound, gzipped", () => {
  expect(firstLoad(join(PROJECT_ROOT, "dist", "web")) / 1024).toBeLessThan(LIMIT_KB);
});
