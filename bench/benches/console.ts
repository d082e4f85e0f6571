import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { PROJECT_ROOT } from "../../server/env.ts";
import type { Bench } from "../bench.ts";
import { result } from "../result.ts";

/** The page that opens after signing in. */
const FIRST_ROUTE = "features/overview/overview-page.tsx";

const manifest = z.record(
  z.string(),
  z.object({ file: z.string(), isEntry: z.boolean().optional(), imports: z.array(z.string()).default([]) }),
);

export const consoleBench: Bench = {
  name: "console",
  about: "script that a first visit loads, gzipped: the entry, the first page, and what both import",
  isCheap: false,
  run: () => {
    const dir = join(PROJECT_ROOT, "dist", "web");
    // `npm run bench` builds the console first; the smoke size also runs before anything is built.
    const bytes = existsSync(join(dir, ".vite", "manifest.json")) ? firstLoad(dir) : 0;
    return Promise.resolve([result("console.first_load", bytes / 1024, "KB", 250)]);
  },
};

/** Gzipped bytes of the scripts of a first visit, from Vite's manifest. */
export function firstLoad(dir: string): number {
  const chunks = manifest.parse(JSON.parse(readFileSync(join(dir, ".vite", "manifest.json"), "utf8")));
  const entry = Object.keys(chunks).find((key) => chunks[key]!.isEntry === true)!;
  const needed = new Set<string>();
  const add = (key: string) => {
    if (needed.has(key)) return;
    const chunk = chunks[key];
    if (chunk === undefined) throw new Error(`The console's manifest has no ${key}.`);
    needed.add(key);
    chunk.imports.forEach(add);
  };
  [entry, FIRST_ROUTE].forEach(add);
  const files = [...needed].map((key) => chunks[key]!.file).filter((file) => file.endsWith(".js"));
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dir, file))).length, 0);
}
